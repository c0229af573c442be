import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { TrialPlace } from './trial-source.ts'

/** Name of the variable that every process of an experiment carries. */
export const EXPERIMENT_MARK = 'SECXOPS_EXPERIMENT'

/** Writes the parameters where `secxops.params()` and NNI's trial API read them; answers the variables that tell of it. */
export function trialVariables(trial: TrialPlace, parameters: TrialParameters): Record<string, string> {
  const { experiment, number, directory } = trial
  const params = join(directory, 'params.json')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  writeFileSync(params, JSON.stringify(parameters), { mode: 0o600 })
  return {
    [EXPERIMENT_MARK]: experiment,
    SECXOPS_TRIAL: String(number),
    SECXOPS_PARAMS_FILE: params,
    SECXOPS_METRICS_FILE: metricsFile(directory),
    SECXOPS_STOP_FILE: join(directory, 'stop'),
    SECXOPS_CHECKPOINT_DIR: join(directory, 'checkpoints'),
    NNI_PLATFORM: 'local',
    // NNI then leaves stdout alone: what a trial prints is its log.
    REUSE_MODE: 'true',
    NNI_EXP_ID: experiment,
    NNI_TRIAL_JOB_ID: `${experiment}-${number}`,
    NNI_TRIAL_SEQ_ID: String(number - 1),
    NNI_SYS_DIR: directory,
    NNI_OUTPUT_DIR: directory,
    NNI_TRIAL_COMMAND_CHANNEL: 'import://secxops._nni.Channel',
  }
}

export const metricsFile = (directory: string): string => join(directory, 'metrics.jsonl')
