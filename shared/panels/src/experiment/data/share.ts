import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { TrialRow } from './trial-list.ts'

type Objective = ExperimentDetail['objective']

/** Whether a value of the objective is better than another. */
export const isBetter = ({ direction }: Objective, a: number, b: number): boolean =>
  direction === 'maximize' ? a > b : a < b

/** Trials with a final value, and for each the share of the others that it is not worse than: 0 the worst, 1 the best. */
export function ranked(
  rows: readonly TrialRow[],
  objective: Objective,
): { row: TrialRow; value: number; share: number }[] {
  const known = rows.flatMap((row) => {
    const value = row.trial.final
    return value === undefined || !Number.isFinite(value) ? [] : [{ row, value, share: 0.5 }]
  })
  const order = [...known].sort((a, b) => a.value - b.value)
  const last = order.length - 1
  for (const [index, one] of order.entries()) {
    const share = last > 0 ? index / last : 1
    one.share = objective.direction === 'maximize' ? share : 1 - share
  }
  return known
}
