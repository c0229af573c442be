import type { EnvironmentService } from '../../services.ts'
import type { NniEnvironment } from '../environment/nni-environment.ts'
import type { ExperimentRecord } from '../services.ts'
import { CodeTrials } from './code-trials.ts'
import { ModuleTrials, type ModuleTrialsNeeds } from './module-trials.ts'
import type { TrialSource } from './trial-source.ts'

export interface SourceNeeds extends ModuleTrialsNeeds {
  environments: EnvironmentService
  nni: Pick<NniEnvironment, 'prepare' | 'install'>
}

/** What the trials of an experiment run, whoever runs them. */
export const sourceOf = (record: ExperimentRecord, needs: SourceNeeds): TrialSource =>
  record.file.module === undefined
    ? new CodeTrials(record, needs.environments, needs.nni)
    : new ModuleTrials(record, needs)
