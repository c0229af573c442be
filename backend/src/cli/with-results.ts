import type { Client } from '@secxops/client/client'
import { type Result, readResults } from '@secxops/client/results'
import type { Values } from '@secxops/protocol/inspect'
import type { ArtifactDetail } from '@secxops/protocol/library'

/** A version with what made it so and how good it is. */
export interface MeasuredArtifact extends ArtifactDetail {
  /** Of the attempt that made it; secrets are masked. */
  parameters: Values
  /** Of the attempt that made it. */
  metrics: Record<string, number>
  /** What the newest nodes that used it measured. */
  evaluations: Pick<Result, 'runId' | 'workflow' | 'nodeId' | 'metrics'>[]
}

/** Adds what the runs of its lineage tell; what is gone is left out. */
export async function withResults(client: Client, detail: ArtifactDetail): Promise<MeasuredArtifact> {
  const { maker, users } = await readResults(client, detail)
  const evaluations = users
    .filter(({ metrics }) => Object.keys(metrics).length > 0)
    .map(({ runId, workflow, nodeId, metrics }) => ({ runId, workflow, nodeId, metrics }))
  return { ...detail, parameters: maker?.attempt.parameters ?? {}, metrics: maker?.metrics ?? {}, evaluations }
}
