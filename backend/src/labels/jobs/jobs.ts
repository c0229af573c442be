import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { SecxopsError } from '@secxops/protocol/errors'
import type { LabelJob } from '@secxops/protocol/labels'
import type { Events, Store } from '../../services.ts'
import type { LabelJobs } from '../services.ts'
import {
  insertJob,
  type JobProgress,
  type JobRequest,
  listJobs,
  openJobs,
  readJob,
  setProgress,
  setState,
  setWaits,
} from './job-table.ts'

/** What a kind of job works with. */
export interface JobContext {
  readonly id: string
  readonly base: string
  readonly request: JobRequest
  /** What the last {@link step} left; null at first. */
  readonly cursor: unknown
  readonly signal: AbortSignal
  /** How far it was when it was taken up. */
  readonly done: number
  readonly skipped: Readonly<Record<string, number>>
  readonly cost: LabelJob['cost']
  /** What is durable. */
  read<T>(query: (db: DatabaseSync) => T): T
  /** Makes what `write` does and how far the job is durable, together. */
  step(progress: JobProgress, write?: (db: DatabaseSync) => void): Promise<void>
  /** Tells what the work waits for; undone by the next {@link step}. */
  waits(words: string): Promise<void>
  /** Starts another job once this one has ended well. */
  follow(kind: LabelJob['kind'], subject: string, request: JobRequest): void
}

/** Does the work of one kind from the cursor on; ends well, or throws. */
export type JobWork = (context: JobContext) => Promise<void>

/** Milliseconds between tries while something outside does not answer; the last goes on. */
const BACK_OFF = [1000, 2000, 5000, 10_000, 30_000]

/** Jobs that do not go side by side: those that change what a base knows, and those of one kind. */
const laneOf = ({ base, kind }: LabelJob): string =>
  `${base} ${kind === 'import' || kind === 'learn' || kind === 'embed' ? 'base' : kind}`

interface Running {
  lane: string
  abort: AbortController
  ended: Promise<void>
}

/**
 * Runs the jobs of all bases: one of a lane at a time, in the order in which they came. A job is a row; its work commits how far it is with
 * what it did, so a killed backend goes on at the last step. While what it needs does not answer (`unavailable`), it waits and tries again.
 */
export class Jobs implements LabelJobs {
  readonly #store: Store
  readonly #events: Events
  readonly #works: Readonly<Record<LabelJob['kind'], JobWork>>
  readonly #backOff: readonly number[]
  /** A job of the base began to be there, or ended. */
  readonly #onState: (base: string) => void
  readonly #running = new Map<string, Running>()
  #closed = false

  constructor(
    domain: { store: Store; events: Events; backOff?: readonly number[]; onState?(base: string): void },
    works: Readonly<Record<LabelJob['kind'], JobWork>>,
  ) {
    this.#store = domain.store
    this.#events = domain.events
    this.#works = works
    this.#backOff = domain.backOff ?? BACK_OFF
    this.#onState = domain.onState ?? (() => undefined)
  }

  async start(base: string, kind: LabelJob['kind'], subject: string, request: JobRequest): Promise<LabelJob> {
    const job = newJob(base, kind, subject)
    await this.#store.write((db) => insertJob(db, job, request))
    this.#tell(job.id)
    this.#onState(base)
    this.#next()
    return job
  }

  recover(): void {
    this.#next()
  }

  get(id: string): LabelJob {
    return readJob(this.#store.db, id).job
  }

  list(base?: string): LabelJob[] {
    return listJobs(this.#store.db, base)
  }

  active(): number {
    return openJobs(this.#store.db).length
  }

  /** Resolves when nothing of the job works any more. */
  async cancel(id: string): Promise<LabelJob> {
    const { job } = readJob(this.#store.db, id)
    if (job.state !== 'waiting' && job.state !== 'running') return job
    const running = this.#running.get(id)
    if (running) {
      running.abort.abort()
      await running.ended
    } else {
      await this.#end(id, 'cancelled')
    }
    return this.get(id)
  }

  /** Takes up a job that failed or was cancelled where it stood. */
  async resume(id: string): Promise<LabelJob> {
    const { job } = readJob(this.#store.db, id)
    if (job.state === 'succeeded')
      throw new SecxopsError({ code: 'conflict', message: 'This job has ended well; there is nothing to go on with.' })
    if (job.state === 'failed' || job.state === 'cancelled') {
      await this.#store.write((db) => setState(db, id, 'waiting'))
      this.#tell(id)
      this.#onState(job.base)
      this.#next()
    }
    return this.get(id)
  }

  /** Stops working; the jobs go on when the backend comes back. */
  async close(): Promise<void> {
    this.#closed = true
    for (const { abort } of this.#running.values()) abort.abort()
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }

  #next(): void {
    if (this.#closed) return
    const busy = new Set([...this.#running.values()].map(({ lane }) => lane))
    for (const { job } of openJobs(this.#store.db)) {
      const lane = laneOf(job)
      if (busy.has(lane)) continue
      busy.add(lane)
      const abort = new AbortController()
      const ended = this.#run(job.id, abort.signal).finally(() => {
        this.#running.delete(job.id)
        this.#next()
      })
      this.#running.set(job.id, { lane, abort, ended })
    }
  }

  async #run(id: string, signal: AbortSignal): Promise<void> {
    const follow: { job: LabelJob; request: JobRequest }[] = []
    try {
      await this.#store.write((db) => setState(db, id, 'running'))
      this.#tell(id)
      for (let tries = 0; ; tries++) {
        const before = readJob(this.#store.db, id)
        try {
          follow.length = 0
          await this.#works[before.job.kind](this.#context(id, signal, follow))
          break
        } catch (error) {
          if (signal.aborted || !isUnavailable(error)) throw error
          if (JSON.stringify(readJob(this.#store.db, id).cursor) !== JSON.stringify(before.cursor)) tries = 0
          await this.#waits(id, error.body.message)
          await pause(this.#backOff[Math.min(tries, this.#backOff.length - 1)], undefined, { signal })
        }
      }
      await this.#end(id, 'succeeded', undefined, follow)
    } catch (error) {
      // Closing leaves the job as it stands: it is taken up when the backend comes back.
      if (this.#closed) return
      if (signal.aborted) await this.#end(id, 'cancelled')
      else await this.#end(id, 'failed', error)
    }
  }

  #context(id: string, signal: AbortSignal, follow: { job: LabelJob; request: JobRequest }[]): JobContext {
    const { job, request, cursor } = readJob(this.#store.db, id)
    return {
      id,
      base: job.base,
      request,
      cursor: cursor ?? null,
      signal,
      done: job.done,
      skipped: job.skipped,
      cost: job.cost,
      read: (query) => query(this.#store.db),
      step: async (progress, write) => {
        signal.throwIfAborted()
        await this.#store.write((db) => {
          write?.(db)
          setProgress(db, id, progress)
        })
        this.#tell(id)
      },
      waits: (words) => this.#waits(id, words),
      follow: (kind, subject, next) => follow.push({ job: newJob(job.base, kind, subject), request: next }),
    }
  }

  async #end(
    id: string,
    state: LabelJob['state'],
    error?: unknown,
    follow: readonly { job: LabelJob; request: JobRequest }[] = [],
  ): Promise<void> {
    await this.#store.write((db) => {
      setState(db, id, state, {
        endedAt: new Date().toISOString(),
        error: error === undefined ? undefined : body(error),
      })
      for (const { job, request } of follow) insertJob(db, job, request)
    })
    this.#tell(id)
    for (const { job } of follow) this.#tell(job.id)
    this.#onState(this.get(id).base)
  }

  async #waits(id: string, words: string): Promise<void> {
    await this.#store.write((db) => setWaits(db, id, words))
    this.#tell(id)
  }

  #tell(id: string): void {
    this.#events.publish({ type: 'label-job', job: this.get(id) })
  }
}

const newJob = (base: string, kind: LabelJob['kind'], subject: string): LabelJob => ({
  id: randomUUID(),
  base,
  kind,
  state: 'waiting',
  createdAt: new Date().toISOString(),
  subject,
  done: 0,
  skipped: {},
})

const isUnavailable = (error: unknown): error is SecxopsError =>
  error instanceof SecxopsError && (error.body.code === 'unavailable' || error.body.code === 'no-network')

function body(error: unknown): SecxopsError['body'] {
  if (error instanceof SecxopsError) return error.body
  console.error('a labelling job failed', error)
  return { code: 'internal', message: 'The job stopped at a fault of SecXOps.', cause: String(error) }
}
