import { isGoing } from '@secxops/protocol/experiment-going'
import type { ExperimentSummary } from '@secxops/protocol/experiments'
import type { Client } from './client.ts'

export interface ActiveExperiment {
  id: string
  name: string
  /** Trials so far, those that go on included, as the experiment's page and its row count them. */
  trials: number
  /** Of how many; absent: there is no limit. */
  limit?: number
}

/** Tells the experiments that are going on, newest first: now and whenever that changes. Returns the way to stop. */
export function activeExperiments(client: Client, tell: (experiments: ActiveExperiment[]) => void): () => void {
  const known = new Map<string, ExperimentSummary>()
  const newestFirst = (a: ExperimentSummary, b: ExperimentSummary): number => (a.createdAt < b.createdAt ? 1 : -1)
  const show = (): void => tell([...known.values()].filter(isGoing).sort(newestFirst).map(activeExperiment))
  return client.subscribe({
    event(event) {
      if (event.type !== 'experiment') return
      if (event.gone) known.delete(event.experiment.id)
      else known.set(event.experiment.id, event.experiment)
      show()
    },
    connection(_, fresh) {
      if (!fresh) return
      client.call('experiments.list', {}).then((all) => {
        known.clear()
        for (const one of all) known.set(one.id, one)
        show()
      }, console.warn)
    },
  })
}

function activeExperiment({ id, name, trials }: ExperimentSummary): ActiveExperiment {
  const { total, limit } = trials
  return { id, name, trials: total, ...(limit === undefined ? {} : { limit }) }
}
