import type { ErrorBody } from '@secxops/protocol/errors'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Waiter } from '../../environments/shared-work.ts'
import type { Command, Ended, Execution } from '../../runners/runner.ts'

/** What the trials of one experiment run. */
export interface TrialSource {
  /** Makes its environment and copies what it needs; before the first trial, and again when the backend comes back. */
  prepare(caller: Waiter): Promise<void>
  /** Makes the trial's folder ready and answers its command. Throws bad-parameter for values that it can't take. */
  command(trial: TrialPlace, parameters: TrialParameters): Promise<Command>
  /** Why a trial that did not end with 0 failed. */
  explain(trial: TrialPlace, ended: Ended, execution: Execution): Promise<ErrorBody>
  /** Removes what is not needed once the trial is over. */
  tidy(trial: TrialPlace): Promise<void>
}

export interface TrialPlace {
  experiment: string
  number: number
  /** Absolute path of its own folder. */
  directory: string
}
