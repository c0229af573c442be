import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { LabelJob } from '@secxops/protocol/labels'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createEvents } from '../../server/events.ts'
import type { Events, Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import { labelMigrations } from '../migrations.ts'
import { type JobContext, Jobs, type JobWork } from './jobs.ts'

interface Bench {
  store: Store
  events: Events
  jobs: Jobs
  /** Bases whose state was told, each with the open jobs of that moment. */
  states: string[]
  /** Resolves once the job is in that state, or waits for that reason. */
  until(id: string, is: (job: LabelJob) => boolean): Promise<LabelJob>
}

const open: Bench[] = []
afterEach(async () => {
  for (const { jobs, store } of open.splice(0)) {
    await jobs.close()
    await store.close()
  }
})

function bench(work: JobWork, path = join(mkdtempSync(join(tmpdir(), 'secxops-jobs-')), 'x.db')): Bench {
  const store = openStore(path, 'next', labelMigrations)
  store.db.exec(`INSERT OR IGNORE INTO label_bases VALUES ('b', '', '', 0, 0, 1, '[]', 'fused', 0, 0, 0, NULL)`)
  const events = createEvents()
  const works = { import: work, learn: work, embed: work, label: work, generate: work }
  const states: string[] = []
  const onState = (base: string) => states.push(`${base}: ${jobs.active()} open`)
  const jobs = new Jobs({ store, events, backOff: [1], onState }, works)
  const until: Bench['until'] = (id, is) =>
    new Promise((resolve) => {
      const look = (): void => {
        const job = jobs.get(id)
        if (!is(job)) return
        stop()
        resolve(job)
      }
      const stop = events.subscribe(look)
      look()
    })
  const made = { store, events, jobs, until, states }
  open.push(made)
  return made
}

const ended = ({ state }: LabelJob): boolean => ['succeeded', 'failed', 'cancelled'].includes(state)
const at = ({ cursor }: JobContext): number => (cursor as number | null) ?? 0
/** Waits until it is let on, or is stopped. */
function gate(): { wait(signal: AbortSignal): Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return {
    open: resolve,
    async wait(signal) {
      signal.throwIfAborted()
      const stopped = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
      )
      await Promise.race([promise, stopped])
    },
  }
}

describe('a job', () => {
  test('that begins or ends makes another state of its base, which is told', async () => {
    const { jobs, until, states } = bench(async ({ step, follow, request }) => {
      await step({ done: 1 })
      if (request.more) follow('learn', 'b', {})
    })
    const { id } = await jobs.start('b', 'import', 'x.jsonl', { more: true })
    await until(id, ended)
    await vi.waitUntil(() => jobs.active() === 0)
    expect(states).toEqual(['b: 1 open', 'b: 1 open', 'b: 0 open'])
  })

  test('tells how far it is and ends well', async () => {
    const { jobs, until, events } = bench(async ({ step }) => {
      await step({ total: 2, done: 1 })
      await step({ done: 2, skipped: { 'no-text': 1 } })
    })
    const seen: string[] = []
    events.subscribe((event) => {
      if (event.type === 'label-job') seen.push(`${event.job.state} ${event.job.done}`)
    })
    const { id } = await jobs.start('b', 'label', 'x.log', {})
    expect(await until(id, ended)).toMatchObject({ state: 'succeeded', done: 2, total: 2, skipped: { 'no-text': 1 } })
    expect(seen).toEqual(['waiting 0', 'running 0', 'running 1', 'running 2', 'succeeded 2'])
  })

  test('of a killed backend goes on at its last step, once', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'secxops-jobs-')), 'x.db')
    const done: number[] = []
    const stuck = gate()
    const first = bench(async (context) => {
      for (let i = at(context); i < 4; i++) {
        if (i === 2) await stuck.wait(context.signal)
        done.push(i)
        await context.step({ done: i + 1, cursor: i + 1 })
      }
    }, path)
    const { id } = await first.jobs.start('b', 'label', 'x.log', {})
    await first.until(id, (job) => job.done === 2)
    await first.jobs.close()
    expect(first.jobs.get(id).state).toBe('running')
    await first.store.close()

    const second = bench(async (context) => {
      for (let i = at(context); i < 4; i++) {
        done.push(i)
        await context.step({ done: i + 1, cursor: i + 1 })
      }
    }, path)
    second.jobs.recover()
    await second.until(id, ended)
    expect(done).toEqual([0, 1, 2, 3])
  })

  test('that is cancelled ends when its work has, and goes on where it stood when it is resumed', async () => {
    const stuck = gate()
    const seen: number[] = []
    const { jobs, until } = bench(async (context) => {
      seen.push(at(context))
      if (at(context) === 0) await context.step({ done: 1, cursor: 1 })
      await stuck.wait(context.signal)
    })
    const { id } = await jobs.start('b', 'label', 'x.log', {})
    await until(id, (job) => job.done === 1)
    expect((await jobs.cancel(id)).state).toBe('cancelled')
    await jobs.resume(id)
    stuck.open()
    expect((await until(id, ended)).state).toBe('succeeded')
    expect(seen).toEqual([0, 1])
  })

  test('waits while something it needs does not answer, saying so, and keeps its place', async () => {
    let tries = 0
    const { jobs, until, events } = bench(async ({ step }) => {
      await step({ done: 1, cursor: 1 })
      if (tries++ < 2) throw new SecxopsError({ code: 'unavailable', message: 'The embedder does not answer.' })
    })
    const waits: (string | undefined)[] = []
    events.subscribe((event) => {
      if (event.type === 'label-job' && event.job.waits) waits.push(event.job.waits)
    })
    const { id } = await jobs.start('b', 'label', 'x.log', {})
    const job = await until(id, ended)
    expect([job.state, job.waits, waits]).toEqual([
      'succeeded',
      undefined,
      ['The embedder does not answer.', 'The embedder does not answer.'],
    ])
  })

  test('that fails says why, and what was done stays', async () => {
    const { jobs, until } = bench(async ({ step }) => {
      await step({ done: 3 })
      throw new SecxopsError({ code: 'no-such-file', message: 'x.log is gone.' })
    })
    const { id } = await jobs.start('b', 'label', 'x.log', {})
    expect(await until(id, ended)).toMatchObject({ state: 'failed', done: 3, error: { message: 'x.log is gone.' } })
  })

  test('writes and progress stand or fall together', async () => {
    const { jobs, until, store } = bench(async ({ id, step }) => {
      await step({ done: 5 }, (db) => {
        db.prepare('INSERT INTO label_rows VALUES (?, 1, 1, ?)').run(id, 'x')
        throw new SecxopsError({ code: 'bad-request', message: 'no' })
      })
    })
    const { id } = await jobs.start('b', 'label', 'x.log', {})
    expect(await until(id, ended)).toMatchObject({ state: 'failed', done: 0 })
    expect(store.db.prepare('SELECT count(*) AS n FROM label_rows').get()?.n).toBe(0)
  })
})

describe('jobs of one base', () => {
  test('that change what it knows follow each other; a labelling goes beside them', async () => {
    const stuck = gate()
    const running: string[] = []
    const { jobs, until } = bench(async ({ request, signal }) => {
      running.push(String(request.name))
      await stuck.wait(signal)
    })
    const a = await jobs.start('b', 'import', 'a', { name: 'import' })
    const b = await jobs.start('b', 'learn', 'b', { name: 'learn' })
    const c = await jobs.start('b', 'label', 'c', { name: 'label' })
    await until(c.id, ({ state }) => state === 'running')
    expect([running, jobs.get(b.id).state, jobs.active()]).toEqual([['import', 'label'], 'waiting', 3])
    stuck.open()
    await until(a.id, ended)
    await until(b.id, ended)
    expect(running).toEqual(['import', 'label', 'learn'])
  })

  test('that one asks for come when it has ended well, and not when it failed', async () => {
    let fail = true
    const { jobs, until } = bench(async ({ request, follow }) => {
      if (request.first !== true) return
      follow('embed', 'next', {})
      if (fail) throw new SecxopsError({ code: 'bad-request', message: 'no' })
    })
    const { id } = await jobs.start('b', 'import', 'a', { first: true })
    await until(id, ended)
    expect(jobs.list('b')).toHaveLength(1)
    fail = false
    await jobs.resume(id)
    await until(id, ({ state }) => state === 'succeeded')
    expect(
      jobs
        .list('b')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['embed', 'import'])
  })
})
