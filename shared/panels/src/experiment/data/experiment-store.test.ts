import type { ExperimentDetail, MetricColumns, Trial } from '@secxops/protocol/experiments'
import { expect, test, vi } from 'vitest'
import { madeExperiment, madeTrials } from '../../fixtures/made-trials.ts'
import { createFakeHost, fakeError } from '../../hosts/fake-host.ts'
import { ExperimentStore } from './experiment-store.ts'

/** A backend whose trials and metrics a test changes, with the numbers that the real one counts. */
function backend() {
  const state = {
    changes: [] as Trial[],
    metrics: [] as [trial: number, step: number, value: number][],
    page: Number.POSITIVE_INFINITY,
    limit: 100,
  }
  const detail = (): ExperimentDetail => ({
    ...madeExperiment([]),
    state: 'running',
    change: state.changes.length,
    metricRow: state.metrics.length,
    trials: { ...madeExperiment([]).trials, limit: state.limit },
  })
  const fake = createFakeHost({
    routes: {
      'experiments.get': detail,
      'experiments.trials': ({ query }) => {
        const after = Number(query?.after ?? 0)
        const trials = state.changes.slice(after, after + state.page)
        return { trials, change: after + trials.length, complete: after + trials.length >= state.changes.length }
      },
      'experiments.metrics': ({ query }): MetricColumns => {
        const after = Number(query?.after ?? 0)
        const rows = state.metrics.slice(after, after + state.page)
        return {
          row: after + rows.length,
          complete: after + rows.length >= state.metrics.length,
          names: ['accuracy'],
          trial: rows.map(([trial]) => trial),
          name: rows.map(() => 0),
          step: rows.map(([, step]) => step),
          value: rows.map(([, , value]) => value),
          time: rows.map(() => 0),
        }
      },
    },
  })
  const store = new ExperimentStore(fake.host.client, 'x1')
  const tell = (): void => fake.emit({ type: 'experiment', experiment: detail() })
  const calls = (route: string): unknown[] => fake.log.calls.filter((call) => call.route === route)
  return { state, fake, store, tell, calls }
}

const numbers = (store: ExperimentStore): number[] => store.trials.rows.map(({ trial }) => trial.number)

test('all pages are read, then after an event only what changed', async () => {
  const { state, store, tell, fake } = backend()
  state.changes = madeTrials(7)
  state.page = 3
  const close = store.open()
  await vi.waitFor(() => expect(numbers(store)).toEqual([1, 2, 3, 4, 5, 6, 7]))
  const [first] = state.changes as [Trial]
  state.changes.push({ ...first, final: 0.5 })
  tell()
  await vi.waitFor(() => expect(store.trials.get(1)?.trial.final).toBe(0.5))
  expect(fake.log.calls.filter(({ route }) => route === 'experiments.trials').at(-1)?.input).toMatchObject({
    query: { after: 7 },
  })
  close()
})

test('events that come while a read is under way lead to one more read, not to one each', async () => {
  const { state, store, tell, calls, fake } = backend()
  const [first, second] = madeTrials(2) as [Trial, Trial]
  state.changes = [first]
  let answer = (): void => undefined
  const read = fake.routes['experiments.trials']
  fake.routes['experiments.trials'] = async (input) => {
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    if (!read) throw new Error('no script')
    return read(input)
  }
  const close = store.open()
  await vi.waitFor(() => expect(calls('experiments.trials')).toHaveLength(1))
  answer()
  await vi.waitFor(() => expect(numbers(store)).toEqual([1]))
  state.changes = [first, second]
  tell()
  await vi.waitFor(() => expect(calls('experiments.trials')).toHaveLength(2))
  tell()
  tell()
  tell()
  answer()
  await vi.waitFor(() => expect(calls('experiments.trials')).toHaveLength(3))
  answer()
  await vi.waitFor(() => expect(numbers(store)).toEqual([1, 2]))
  expect(calls('experiments.trials')).toHaveLength(3)
  close()
})

test('metrics are not read before somebody wants them, then to the end and on', async () => {
  const { state, store, tell, calls } = backend()
  state.metrics = [
    [1, 0, 0.1],
    [1, 1, 0.2],
    [2, 0, 0.3],
  ]
  state.page = 2
  const close = store.open()
  await vi.waitFor(() => expect(store.detail?.metricRow).toBe(3))
  expect(calls('experiments.metrics')).toEqual([])
  store.want('metrics')
  await vi.waitFor(() => expect(store.metrics.size).toBe(3))
  state.metrics.push([1, 2, 0.4])
  tell()
  await vi.waitFor(() => expect(store.metrics.curve('accuracy', 1)?.values).toEqual(Float64Array.of(0.1, 0.2, 0.4)))
  close()
})

test('after a gap all is read afresh, also when the backend knows less than before', async () => {
  const { state, store, fake } = backend()
  state.changes = madeTrials(3)
  state.metrics = [[1, 0, 0.1]]
  const close = store.open()
  store.want('metrics')
  await vi.waitFor(() => expect([numbers(store).length, store.metrics.size]).toEqual([3, 1]))
  state.changes = state.changes.slice(0, 2)
  state.metrics = []
  fake.setConnection({ state: 'open', version: '0.1.0' }, true)
  await vi.waitFor(() => expect([numbers(store), store.metrics.size]).toEqual([[1, 2], 0]))
  close()
})

test('a read that fails is told, keeps what is known, and the next event reads on', async () => {
  const { state, store, tell, fake } = backend()
  state.changes = madeTrials(1)
  const close = store.open()
  await vi.waitFor(() => expect(numbers(store)).toEqual([1]))
  const read = fake.routes['experiments.trials']
  fake.routes['experiments.trials'] = () => {
    throw fakeError({ code: 'internal', message: 'The database is locked.' })
  }
  state.changes = madeTrials(2)
  tell()
  await vi.waitFor(() => expect(store.error?.message).toBe('The database is locked.'))
  expect(numbers(store)).toEqual([1])
  if (read) fake.routes['experiments.trials'] = read
  tell()
  await vi.waitFor(() => expect(numbers(store)).toEqual([1, 2]))
  close()
})

test('settings are read again when an edit changed the limits', async () => {
  const { state, store, tell, calls } = backend()
  const close = store.open()
  await vi.waitFor(() => expect(store.detail).toBeDefined())
  tell()
  expect(calls('experiments.get')).toHaveLength(1)
  state.limit = 200
  tell()
  await vi.waitFor(() => expect(calls('experiments.get')).toHaveLength(2))
  close()
})

test('an answer that was under way when an event told of a newer state does not stay', async () => {
  const { state, store, tell, calls, fake } = backend()
  const close = store.open()
  await vi.waitFor(() => expect(store.detail?.trials.limit).toBe(100))
  const old = await fake.routes['experiments.get']?.({ params: { id: 'x1' } })
  let answer = (): void => undefined
  const read = fake.routes['experiments.get']
  fake.routes['experiments.get'] = () =>
    new Promise((resolve) => {
      answer = () => old && resolve(old)
    })
  store.reread()
  await vi.waitFor(() => expect(calls('experiments.get')).toHaveLength(2))
  state.limit = 300
  tell()
  if (read) fake.routes['experiments.get'] = read
  answer()
  await vi.waitFor(() => expect(calls('experiments.get')).toHaveLength(3))
  await vi.waitFor(() => expect(store.detail?.trials.limit).toBe(300))
  close()
})
