import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { ArtifactKind, Lineage } from '@secxops/protocol/library'
import type { Attempt, PortContent } from '@secxops/protocol/run'
import { toName } from '@secxops/protocol/to-name'
import type { LibraryService } from '../services.ts'
import type { NodeRecord, RunRecord } from './record.ts'
import { workflowSlug } from './workflow-names.ts'

const LONGEST = 63

/** Name of an output in the library: what the workflow says, else made of workflow, node and port. */
export function artifactName(run: RunRecord, nodeId: string, port: string): string {
  for (const { from, saveAs } of Object.values(run.spec.workflow.outputs ?? {}))
    if (from === `${nodeId}.${port}` && saveAs) return saveAs
  const whole = `${workflowSlug(run.workflow)}-${toName(nodeId)}-${toName(port)}`
  if (whole.length <= LONGEST) return whole
  // Never only cut: two long names must stay two.
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 10)
  return `${whole.slice(0, LONGEST - 11).replace(/-+$/, '')}-${hash}`
}

/** Registers outputs as versions and notes what went in; answers the outputs with their versions. */
export function publishIn(
  db: DatabaseSync,
  library: LibraryService,
  run: RunRecord,
  node: NodeRecord,
  attempt: Attempt,
): Record<string, PortContent> {
  if (run.spec.trial) return attempt.outputs
  const from = { runId: run.id, workflow: run.workflow, nodeId: node.id }
  for (const [port, { artifact }] of Object.entries(attempt.inputs))
    if (artifact) library.recordUseIn(db, { ...artifact, ...from, port })
  const outputs: Record<string, PortContent> = {}
  for (const [port, content] of Object.entries(attempt.outputs)) {
    outputs[port] = content
    if (!isArtifact(content.type)) continue
    const { kind, name, version } = library.registerIn(
      db,
      content.type,
      artifactName(run, node.id, port),
      content,
      lineageOf(run, node.id, port, attempt),
    )
    outputs[port] = { ...content, artifact: { kind, name, version } }
  }
  return outputs
}

/** Who made an output, and out of what. */
export function lineageOf(run: RunRecord, nodeId: string, port: string, attempt: Attempt): Lineage {
  const { name, version, digest } = attempt.module
  return {
    source: 'run',
    run: { runId: run.id, workflow: run.workflow, nodeId, port, attempt: attempt.number },
    inputs: Object.values(attempt.inputs).flatMap(({ artifact }) => (artifact ? [artifact] : [])),
    module: { name, version, digest },
  }
}

export const isArtifact = (type: string): type is ArtifactKind => type !== 'file'
