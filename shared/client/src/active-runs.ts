import type { RunSummary } from '@secxops/protocol/run'
import type { Client } from './client.ts'
import { progress } from './run-progress.ts'

export interface ActiveRun {
  id: string
  workflow: string
  /** Nodes that have ended, of all. */
  done: number
  total: number
}

/** Tells the runs that are going on, newest first: now and whenever that changes. Returns the way to stop. */
export function activeRuns(client: Client, tell: (runs: ActiveRun[]) => void): () => void {
  const known = new Map<string, RunSummary>()
  // Ended runs stay known: older news of them may come later.
  const note = (run: RunSummary): void => {
    if (run.seq >= (known.get(run.id)?.seq ?? -1)) known.set(run.id, run)
  }
  const newestFirst = (a: RunSummary, b: RunSummary): number => (a.createdAt < b.createdAt ? 1 : -1)
  const show = (): void => tell([...known.values()].filter(isActive).sort(newestFirst).map(activeRun))
  return client.subscribe({
    event(event) {
      if (event.type !== 'run') return
      note(event.run)
      show()
    },
    connection(_, fresh) {
      if (!fresh) return
      client.call('runs.list', { query: { limit: 50 } }).then((runs) => {
        for (const run of runs) note(run)
        show()
      }, console.warn)
    },
  })
}

const isActive = (run: RunSummary): boolean => run.state === 'running' || run.state === 'cancelling'

function activeRun(run: RunSummary): ActiveRun {
  const { done, all } = progress(run)
  return { id: run.id, workflow: run.workflow, done, total: all }
}
