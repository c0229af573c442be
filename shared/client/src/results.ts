import type { ArtifactDetail } from '@secxops/protocol/library'
import type { Attempt } from '@secxops/protocol/run'
import type { Client } from './client.ts'
import { readMetrics } from './metrics.ts'

/** Users whose metrics are read. */
const USERS = 5

export interface Result {
  runId: string
  nodeId: string
  workflow: string
  /** Its last attempt, or the one that made the version. */
  attempt: Attempt
  metrics: Record<string, number>
}

/** What came of a version: the attempt that made it, and the newest nodes that used it. Runs that are gone are left out. */
export interface Results {
  maker?: Result
  users: Result[]
}

/** Reads them from the runs that the lineage names. */
export async function readResults(client: Client, detail: ArtifactDetail, signal?: AbortSignal): Promise<Results> {
  const read = async (of: { runId: string; nodeId: string; workflow: string }, number?: number) => {
    try {
      const run = await client.call('runs.get', { params: { id: of.runId } }, { signal })
      const node = run.nodes.find(({ id }) => id === of.nodeId)
      const attempt = number === undefined ? node?.attempts.at(-1) : node?.attempts.find((one) => one.number === number)
      if (!attempt) return undefined
      const params = { id: of.runId, node: of.nodeId, attempt: attempt.number }
      const metrics = await readMetrics(client, params, signal)
      return { runId: of.runId, nodeId: of.nodeId, workflow: of.workflow, attempt, metrics }
    } catch {
      return undefined
    }
  }
  const { run } = detail.lineage
  const users = [...new Map(detail.usedBy.map((use) => [`${use.runId} ${use.nodeId}`, use])).values()]
  const [maker, ...used] = await Promise.all([
    run ? read(run, run.attempt) : undefined,
    ...users.slice(0, USERS).map((use) => read(use)),
  ])
  const known = used.filter((result) => result !== undefined)
  return {
    ...(maker ? { maker } : {}),
    users: known.sort((a, b) => b.attempt.startedAt.localeCompare(a.attempt.startedAt)),
  }
}
