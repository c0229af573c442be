import type { Client } from '@secxops/client/client'
import { readMetrics } from '@secxops/client/metrics'
import type { Run, RunNode } from '@secxops/protocol/run'

/** A run with what its nodes measured in their newest attempt: name and value. */
export type MeasuredRun = Omit<Run, 'nodes'> & { nodes: MeasuredNode[] }
export type MeasuredNode = RunNode & { metrics: Record<string, number> }

/** Adds the metrics of every node. */
export async function withMetrics(client: Client, run: Run): Promise<MeasuredRun> {
  const nodes: MeasuredNode[] = []
  for (const node of run.nodes) {
    const attempt = node.attempts.at(-1)?.number
    const metrics = attempt === undefined ? {} : await readMetrics(client, { id: run.id, node: node.id, attempt })
    nodes.push({ ...node, metrics })
  }
  return { ...run, nodes }
}
