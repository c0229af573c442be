import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { Reports } from './data/experiment-store.ts'
import type { TrialRow } from './data/trial-list.ts'

/**
 * What an architecture search (`nas/found.tsx`: `NasFound`) or AutoML (`automl/found.tsx`: `AutomlFound`) gets to show as the part `found`
 * of an experiment's page. Loaded when it is shown; rendered again as trials and reports come.
 */
export interface FoundProps {
  experiment: ExperimentDetail
  trials: readonly TrialRow[]
  /** In the order of their rows, all that are known. */
  reports: Reports
  /** Shows a trial beside it. */
  openTrial(number: number): void
}
