import { existsSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { ScriptedEngine, tryExperiments } from './testing/try-experiments.ts'

const signal = new AbortController().signal
const path = '/project/try.experiment.yaml'

async function started() {
  const engine = new ScriptedEngine()
  const bench = tryExperiments(engine)
  const { id } = await bench.experiments.start({ path })
  return { ...bench, engine, id, journal: engine.last.journal }
}

test('a page that reads after its number gets each change once, in order, with the newest state', async () => {
  const { experiments, journal, id } = await started()
  journal.trial({ number: 1, parameters: { x: 0.5 }, state: 'running' })
  journal.trial({ number: 2, parameters: { x: 0.7 } })
  await journal.durable()
  const first = await experiments.trials(id, {}, signal)
  expect(first.trials.map(({ number, state }) => [number, state])).toEqual([
    [1, 'running'],
    [2, 'waiting'],
  ])
  journal.trial({ number: 1, state: 'succeeded', final: 3 })
  await journal.durable()
  const next = await experiments.trials(id, { after: first.change }, signal)
  expect(next.trials).toEqual([expect.objectContaining({ number: 1, final: 3, parameters: { x: 0.5 } })])
  expect((await experiments.trials(id, { after: next.change }, signal)).trials).toEqual([])
})

test('whoever sees the end of a search finds in its trials all that was told before', async () => {
  const { experiments, journal, engine, id } = await started()
  journal.trial({ number: 1, parameters: { x: 0.5 }, state: 'running' })
  await journal.durable()
  journal.trial({ number: 1, state: 'succeeded', final: 3 })
  engine.last.end({ state: 'done' })
  while (experiments.get(id).state !== 'done') await nextTurn()
  expect((await experiments.trials(id, {}, signal)).trials).toMatchObject([{ number: 1, state: 'succeeded', final: 3 }])
})

test('trials are read piece by piece without loss', async () => {
  const { experiments, journal, id } = await started()
  for (let number = 1; number <= 25; number++) journal.trial({ number, parameters: { n: number } })
  await journal.durable()
  const seen: number[] = []
  for (let after = 0, complete = false; !complete; ) {
    const piece = await experiments.trials(id, { after, limit: 10 }, signal)
    seen.push(...piece.trials.map(({ number }) => number))
    after = piece.change
    complete = piece.complete
  }
  expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => i + 1))
})

test('metrics of many small and large commits come back in columns, NaN as null, and on from any row', async () => {
  const { experiments, journal, id } = await started()
  const told: number[] = []
  for (const size of [1, 3, 300, 1, 700, 2]) {
    for (let i = 0; i < size; i++) {
      const value = told.length % 97 === 13 ? Number.NaN : told.length / 7
      journal.metric({
        trial: 1 + (told.length % 5),
        name: told.length % 2 ? 'loss' : 'default',
        step: i,
        value,
        time: 1e12,
      })
      told.push(value)
    }
    await journal.durable()
  }
  const all = await experiments.metrics(id, {}, signal)
  expect(all.value).toEqual(told.map((value) => (Number.isNaN(value) ? null : value)))
  expect(all).toMatchObject({ row: told.length, complete: true, names: ['default', 'loss'] })
  for (const after of [0, 1, 255, 256, 304, 1006]) {
    const piece = await experiments.metrics(id, { after, limit: 100 }, signal)
    expect(piece.value).toEqual(all.value.slice(after, after + 100))
    expect(piece.row).toBe(Math.min(after + 100, told.length))
  }
  expect((await experiments.metrics(id, { trial: 3 }, signal)).value).toEqual(
    all.value.filter((_, i) => all.trial[i] === 3),
  )
  expect(journal.metricsOf(4).map(({ value }) => value)).toEqual(told.filter((_, i) => i % 5 === 3))
})

test('a long poll is answered by what comes, and by the end', async () => {
  const { experiments, journal, engine, id } = await started()
  await journal.durable()
  const { change } = experiments.get(id)
  const waiting = experiments.trials(id, { after: change, wait: 20 }, signal)
  journal.trial({ number: 1 })
  expect((await waiting).trials).toHaveLength(1)
  const forever = experiments.metrics(id, { wait: 20 }, signal)
  engine.last.end({ state: 'done', detail: 'limit reached' })
  expect((await forever).value).toEqual([])
  expect(experiments.get(id)).toMatchObject({ state: 'done', detail: 'limit reached' })
})

test('the best trial follows the direction; counts follow the states', async () => {
  const { experiments, journal, id } = await started()
  journal.trial({ number: 1, state: 'running' })
  journal.trial({ number: 1, state: 'succeeded', final: 0.5 })
  journal.trial({ number: 2, state: 'succeeded', final: 0.9 })
  journal.trial({ number: 3, state: 'failed' })
  journal.trial({ number: 4, state: 'succeeded', final: 0.7 })
  journal.trial({ number: 5, state: 'skipped' })
  await journal.durable()
  expect(experiments.list()[0]).toMatchObject({
    id,
    best: { trial: 2, value: 0.9 },
    trials: { total: 5, running: 0, succeeded: 3, failed: 1, stoppedEarly: 0, skipped: 1, limit: 10 },
  })
})

test('an experiment that is older than a state of trials counts that state from now on', async () => {
  const { root, store, journal, id } = await started()
  journal.trial({ number: 1, state: 'succeeded' })
  await journal.durable()
  await store.write((db) => db.exec("UPDATE experiments SET head = json_remove(head, '$.counts.skipped')"))
  await store.close()
  const engine = new ScriptedEngine()
  const again = tryExperiments(engine, { root })
  again.experiments.recover()
  engine.last.journal.trial({ number: 2, state: 'skipped' })
  expect(again.experiments.get(id).trials).toMatchObject({ total: 2, succeeded: 1, skipped: 1 })
})

test('after a backend is gone, the next one starts the engine with what was known, and time counts on', async () => {
  const { root, store, journal, id } = await started()
  journal.trial({ number: 1, parameters: { x: 0.25 }, state: 'running' })
  journal.metric({ trial: 1, name: 'default', step: 0, value: 1, time: 5 })
  await journal.durable()
  await store.close()
  const engine = new ScriptedEngine()
  const again = tryExperiments(engine, { root })
  again.experiments.recover()
  expect(engine.last.journal.trials()).toEqual([
    { number: 1, state: 'running', source: 'tuner', parameters: { x: 0.25 }, reports: 1, last: 1 },
  ])
  expect(engine.last.journal.metricsOf(1)).toEqual([{ trial: 1, name: 'default', step: 0, value: 1, time: 5 }])
  expect(engine.last.journal.record.duration).toBeGreaterThanOrEqual(0)
  expect(again.experiments.active()).toBe(1)
  await again.experiments.stop(id)
  await vi.waitFor(() => expect(again.experiments.get(id).state).toBe('stopped'))
})

test('a stop that a backend did not see through is seen through by the next', async () => {
  const { root, store, experiments, engine, id } = await started()
  engine.last.asked.length = 0
  await experiments.stop(id)
  await store.close()
  const next = new ScriptedEngine()
  const again = tryExperiments(next, { root })
  again.experiments.recover()
  expect(next.last.asked).toEqual(['stop'])
})

test('edits hold for the engine and for a later resume; resume while running is refused', async () => {
  const { experiments, engine, id } = await started()
  await experiments.edit(id, { maxTrialNumber: 20 })
  expect(engine.last.asked).toEqual(['{"maxTrialNumber":20}'])
  expect(engine.last.journal.record.settings.maxTrialNumber).toBe(20)
  await expect(experiments.resume(id)).rejects.toThrow('goes on already')
  engine.last.end({ state: 'done' })
  await vi.waitFor(() => expect(experiments.get(id).state).toBe('done'))
  expect(await experiments.resume(id, { maxTrialNumber: 30 })).toMatchObject({ state: 'preparing' })
  expect(engine.starts).toHaveLength(2)
  expect(engine.last.journal.record.settings.maxTrialNumber).toBe(30)
})

test('a resume that would end at once, for a limit is reached, is refused with the setting; a larger one goes on', async () => {
  const { experiments, engine, journal, id } = await started()
  for (let number = 1; number <= 10; number++) journal.trial({ number, state: number === 3 ? 'waiting' : 'succeeded' })
  engine.last.end({ state: 'done' })
  await vi.waitFor(() => expect(experiments.get(id).state).toBe('done'))
  await experiments.resume(id)
  engine.last.journal.trial({ number: 3, state: 'failed' })
  engine.last.end({ state: 'done' })
  await vi.waitFor(() => expect(experiments.get(id).state).toBe('done'))
  const refused = { body: { code: 'conflict', where: { field: 'maxTrialNumber' } } }
  await expect(experiments.resume(id)).rejects.toMatchObject(refused)
  await expect(experiments.resume(id, { maxTrialNumber: 10 })).rejects.toMatchObject(refused)
  const slow = { maxTrialNumber: 11, maxExperimentDuration: 0 }
  const late = { body: { code: 'conflict', where: { field: 'maxExperimentDuration' } } }
  await expect(experiments.resume(id, slow)).rejects.toMatchObject(late)
  expect(experiments.get(id).settings.maxTrialNumber).toBe(10)
  expect(await experiments.resume(id, { maxTrialNumber: 11 })).toMatchObject({ state: 'preparing' })
})

test('the same request twice is one experiment', async () => {
  const { experiments } = tryExperiments(new ScriptedEngine())
  const key = 'a-request-of-a-page'
  const first = await experiments.start({ path, idempotencyKey: key })
  expect((await experiments.start({ path, idempotencyKey: key })).id).toBe(first.id)
  expect(experiments.list()).toHaveLength(1)
})

test('removing needs its end and its name, and takes its folder with it', async () => {
  const { experiments, engine, events, id } = await started()
  await expect(experiments.remove(id, 'try')).rejects.toThrow('Stop it first')
  engine.last.end({ state: 'failed', error: { code: 'internal', message: 'broken' } })
  await vi.waitFor(() => expect(experiments.get(id).error?.message).toBe('broken'))
  await expect(experiments.remove(id, 'other')).rejects.toThrow('confirm with its name, try')
  await experiments.remove(id, 'try')
  expect(existsSync(experiments.directory(id))).toBe(false)
  expect(() => experiments.get(id)).toThrow('no experiment')
  expect(events.at(-1)).toMatchObject({ type: 'experiment', gone: true })
})

test('the last state is told', async () => {
  const { events, journal, engine } = await started()
  for (let number = 1; number <= 200; number++) {
    journal.trial({ number, state: 'succeeded', final: number })
    if (number % 20 === 0) await journal.durable()
  }
  engine.last.end({ state: 'done' })
  await vi.waitFor(() => {
    const last = events.at(-1)
    expect(last).toMatchObject({ experiment: { state: 'done', trials: { succeeded: 200 } } })
  })
})

test('stopping all resolves when every experiment has ended', async () => {
  const { experiments, engine, id } = await started()
  const other = await experiments.start({ path })
  await experiments.stopAll()
  expect(engine.starts.map(({ asked }) => asked)).toEqual([['stop'], ['stop']])
  expect([id, other.id].map((one) => experiments.get(one).state)).toEqual(['stopped', 'stopped'])
  expect(experiments.active()).toBe(0)
})
