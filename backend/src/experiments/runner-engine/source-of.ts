import type { NniEnvironment } from '../environment/nni-environment.ts'
import type { ExperimentRecord } from '../services.ts'
import { CodeTrials, type CodeTrialsNeeds } from './code-trials.ts'
import { ModuleTrials, type ModuleTrialsNeeds } from './module-trials.ts'
import type { TrialSource } from './trial-source.ts'

export interface SourceNeeds extends ModuleTrialsNeeds, CodeTrialsNeeds {
  nni: Pick<NniEnvironment, 'prepare' | 'install'>
}

/** What the trials of an experiment run, whoever runs them. */
export const sourceOf = (record: ExperimentRecord, needs: SourceNeeds): TrialSource =>
  record.file.module === undefined ? new CodeTrials(record, needs) : new ModuleTrials(record, needs)
