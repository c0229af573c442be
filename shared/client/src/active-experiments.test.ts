import type { ExperimentSummary } from '@secxops/protocol/experiments'
import { expect, test } from 'vitest'
import { type ActiveExperiment, activeExperiments } from './active-experiments.ts'
import type { Client, ClientListener } from './client.ts'

const experiment = (id: string, state: ExperimentSummary['state'], limit?: number): ExperimentSummary =>
  ({
    id,
    name: id,
    state,
    createdAt: id,
    trials: { total: 9, running: 2, succeeded: 4, failed: 1, stoppedEarly: 2, skipped: 1, ...(limit && { limit }) },
  }) as ExperimentSummary

test('what goes on is told with its trials so far, the newest first, until it is over or gone', async () => {
  let listener: ClientListener = {}
  let shown: ActiveExperiment[] = []
  const client = {
    call: async () => [experiment('a', 'running', 20), experiment('old', 'done')],
    subscribe: (given: ClientListener) => {
      listener = given
      return () => undefined
    },
  } as unknown as Client
  activeExperiments(client, (experiments) => {
    shown = experiments
  })
  listener.connection?.({ state: 'open' } as Parameters<NonNullable<ClientListener['connection']>>[0], true)
  await expect.poll(() => shown).toEqual([{ id: 'a', name: 'a', trials: 9, limit: 20 }])
  listener.event?.({ type: 'experiment', experiment: experiment('b', 'preparing') })
  expect(shown.map(({ id }) => id)).toEqual(['b', 'a'])
  listener.event?.({ type: 'experiment', experiment: experiment('a', 'stopped') })
  listener.event?.({ type: 'experiment', experiment: experiment('b', 'preparing'), gone: true })
  expect(shown).toEqual([])
})
