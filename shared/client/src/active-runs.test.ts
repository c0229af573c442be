import type { RunSummary } from '@secxops/protocol/run'
import { expect, test } from 'vitest'
import { type ActiveRun, activeRuns } from './active-runs.ts'
import type { Client, ClientListener } from './client.ts'

const run = (id: string, seq: number, state: RunSummary['state'], counts: Partial<RunSummary['counts']>): RunSummary =>
  ({ id, seq, state, counts, workflow: 'w', createdAt: id }) as RunSummary

function watch(listed: RunSummary[]): { shown: () => ActiveRun[]; listener: ClientListener } {
  let listener: ClientListener = {}
  let shown: ActiveRun[] = []
  const client = {
    call: async () => listed,
    subscribe: (given: ClientListener) => {
      listener = given
      return () => undefined
    },
  } as unknown as Client
  activeRuns(client, (runs) => {
    shown = runs
  })
  return { shown: () => shown, listener }
}

test('a run counts what has ended and leaves when it is over', () => {
  const { shown, listener } = watch([])
  listener.event?.({ type: 'run', run: run('a', 1, 'running', { running: 1, pending: 3, succeeded: 1 }) })
  expect(shown()).toEqual([{ id: 'a', workflow: 'w', done: 1, total: 5 }])
  listener.event?.({ type: 'run', run: run('a', 2, 'succeeded', { succeeded: 5 }) })
  expect(shown()).toEqual([])
})

test('old news does not win over newer news', () => {
  const { shown, listener } = watch([])
  listener.event?.({ type: 'run', run: run('a', 5, 'running', { succeeded: 2, pending: 1 }) })
  listener.event?.({ type: 'run', run: run('a', 4, 'running', { succeeded: 1, pending: 2 }) })
  expect(shown()[0]?.done).toBe(2)
})

test('a run that has ended does not come back with older news', async () => {
  const { shown, listener } = watch([run('a', 7, 'running', { running: 1 })])
  listener.event?.({ type: 'run', run: run('a', 9, 'succeeded', { succeeded: 1 }) })
  listener.event?.({ type: 'run', run: run('a', 8, 'running', { running: 1 }) })
  expect(shown()).toEqual([])
  listener.event?.({ type: 'run', run: run('b', 1, 'running', { running: 1 }) })
  listener.connection?.({ state: 'open', version: '1' }, true)
  await expect.poll(() => shown().map((each) => each.id)).toEqual(['b'])
})

test('after a gap the list is read again', async () => {
  const { shown, listener } = watch([run('b', 1, 'running', { running: 1 })])
  listener.connection?.({ state: 'open', version: '1' }, true)
  await expect.poll(() => shown().map((each) => each.id)).toEqual(['b'])
})
