import type { ExperimentDetail, Trial } from '@secxops/protocol/experiments'
import type { TrialRow } from '../experiment/data/trial-list.ts'

/** Trials with a result, the best first. */
export function bestTrials(
  rows: readonly TrialRow[],
  { direction }: ExperimentDetail['objective'],
  most: number,
): Trial[] {
  const sign = direction === 'minimize' ? -1 : 1
  return rows
    .map(({ trial }) => trial)
    .filter(({ state, final }) => state === 'succeeded' && final !== undefined)
    .sort((a, b) => sign * ((b.final ?? 0) - (a.final ?? 0)))
    .slice(0, most)
}
