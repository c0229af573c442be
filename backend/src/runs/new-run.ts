import { randomBytes } from 'node:crypto'
import { edgesOf, topologicalOrder } from '@secxops/protocol/graph'
import type { WorkflowFile } from '@secxops/protocol/workflow'
import type { NodeRecord, RunRecord, RunSpec } from './record.ts'
import { workflowSlug } from './workflow-names.ts'

const ALPHABET = 'abcdefghjkmnpqrstvwxyz0123456789'

/** Readable and unique: a short form of the name and 60 random bits. */
function newRunId(workflow: string): string {
  const random = [...randomBytes(12)].map((byte) => ALPHABET[byte % 32]).join('')
  return `${workflowSlug(workflow).slice(0, 40).replace(/-+$/, '')}-${random}`
}

export function newRun(workflow: string, path: string, target: string, spec: RunSpec): RunRecord {
  return {
    id: newRunId(workflow),
    workflow,
    path,
    target,
    createdAt: new Date().toISOString(),
    state: 'running',
    seq: 1,
    spec,
    nodes: nodesOf(spec.workflow),
  }
}

/** Nodes in topological order; those that were there before keep what happened to them. */
export function nodesOf(workflow: WorkflowFile, before?: ReadonlyMap<string, NodeRecord>): Map<string, NodeRecord> {
  const edges = edgesOf(workflow)
  const needs = new Map<string, Set<string>>()
  for (const { from, to } of edges) needs.set(to, (needs.get(to) ?? new Set()).add(from))
  const nodes = new Map<string, NodeRecord>()
  for (const id of topologicalOrder(Object.keys(workflow.nodes), edges)) {
    const fresh: Omit<NodeRecord, 'module' | 'needs'> = { id, state: 'pending', blockedBy: [], stale: [], attempts: [] }
    const known = { ...fresh, ...before?.get(id) }
    nodes.set(id, { ...known, module: workflow.nodes[id]?.module ?? '', needs: [...(needs.get(id) ?? [])] })
  }
  return nodes
}
