import type { Metric } from '@secxops/protocol/run'
import type { Client } from './client.ts'

/** Bytes of metrics asked for at a time. */
const PIECE = 1_048_576

/** What an attempt measured: of each name its final value, else the last one so far. */
export async function readMetrics(
  client: Client,
  params: { id: string; node: string; attempt: number },
  signal?: AbortSignal,
): Promise<Record<string, number>> {
  const all: Metric[] = []
  for (let offset = 0; ; ) {
    const query = { offset, limit: PIECE, wait: 0 }
    const piece = await client.call('runs.metrics', { params, query }, { signal })
    all.push(...piece.metrics)
    if (piece.complete || piece.next === offset) return lastValues(all)
    offset = piece.next
  }
}

/** Of each name the value reported as final, else the last one. */
export function lastValues(metrics: readonly Metric[]): Record<string, number> {
  const chosen = new Map<string, Metric>()
  for (const metric of metrics) if (metric.final || !chosen.get(metric.name)?.final) chosen.set(metric.name, metric)
  return Object.fromEntries([...chosen].map(([name, { value }]) => [name, value]))
}
