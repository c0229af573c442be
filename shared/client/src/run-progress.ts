import type { RunSummary } from '@secxops/protocol/run'

/** How many nodes of a run have ended, whatever way, of how many: the one count that every place shows. */
export function progress({ counts }: Pick<RunSummary, 'counts'>): { done: number; all: number } {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { done: (counts.succeeded ?? 0) + (counts.failed ?? 0) + (counts.cancelled ?? 0), all }
}
