import type { Client } from '@secxops/client/client'
import type { Metric, Run, RunNode } from '@secxops/protocol/run'

/** A run with what its nodes measured in their newest attempt: name and value. */
export type MeasuredRun = Omit<Run, 'nodes'> & { nodes: MeasuredNode[] }
export type MeasuredNode = RunNode & { metrics: Record<string, number> }

/** Bytes of metrics asked for at a time. */
const PIECE = 1_048_576

/** Adds the metrics of every node. */
export async function withMetrics(client: Client, run: Run): Promise<MeasuredRun> {
  const nodes: MeasuredNode[] = []
  for (const node of run.nodes) nodes.push({ ...node, metrics: lastValues(await read(client, run.id, node)) })
  return { ...run, nodes }
}

/** Of each name the value reported as final, else the last one. */
export function lastValues(metrics: readonly Metric[]): Record<string, number> {
  const chosen = new Map<string, Metric>()
  for (const metric of metrics) if (metric.final || !chosen.get(metric.name)?.final) chosen.set(metric.name, metric)
  return Object.fromEntries([...chosen].map(([name, { value }]) => [name, value]))
}

async function read(client: Client, id: string, node: RunNode): Promise<Metric[]> {
  const attempt = node.attempts.at(-1)?.number
  if (attempt === undefined) return []
  const all: Metric[] = []
  for (let offset = 0; ; ) {
    const params = { id, node: node.id, attempt }
    const piece = await client.call('runs.metrics', { params, query: { offset, limit: PIECE, wait: 0 } })
    all.push(...piece.metrics)
    if (piece.complete || piece.next === offset) return all
    offset = piece.next
  }
}
