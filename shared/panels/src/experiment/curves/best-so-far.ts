import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { isBetter } from '../data/share.ts'
import type { TrialRow } from '../data/trial-list.ts'

export interface Progress {
  /** Trials with a final value by their number, and that value. */
  numbers: number[]
  values: number[]
  /** The trials that were better than all before them. */
  best: { trial: number; value: number }[]
}

/** How the objective went from trial to trial. */
export function bestSoFar(rows: readonly TrialRow[], objective: ExperimentDetail['objective']): Progress {
  const progress: Progress = { numbers: [], values: [], best: [] }
  for (const { trial } of rows) {
    if (trial.final === undefined || !Number.isFinite(trial.final)) continue
    progress.numbers.push(trial.number)
    progress.values.push(trial.final)
    const before = progress.best.at(-1)
    if (!before || isBetter(objective, trial.final, before.value))
      progress.best.push({ trial: trial.number, value: trial.final })
  }
  return progress
}
