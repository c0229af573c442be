import { existsSync, statSync } from 'node:fs'
import type { ErrorBody } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/errors'
import type { TrialParameters } from '@secxops/protocol/experiments'
import { LONG_VALUE } from '@secxops/protocol/start-command'
import { formatValue } from '@secxops/protocol/value'
import type { Waiter } from '../../environments/shared-work.ts'
import { bytesOf } from '../../runners/memory.ts'
import type { Command, Ended, Execution } from '../../runners/runner.ts'
import { environmentOf } from '../../runs/command.ts'
import type { EnvironmentService, LibraryService, PreparedEnvironment } from '../../services.ts'
import type { NniEnvironment } from '../environment/nni-environment.ts'
import type { ExperimentRecord } from '../services.ts'
import { explainTrial } from './explain-trial.ts'
import { trialVariables } from './trial-environment.ts'
import { trialInput } from './trial-inputs.ts'
import type { TrialPlace, TrialSource } from './trial-source.ts'

/** NNI starts trials with bash; where there is none, the system's shell. */
const SHELL = ['/bin/bash', '/usr/bin/bash'].find((path) => existsSync(path)) ?? '/bin/sh'

export interface CodeTrialsNeeds {
  environments: EnvironmentService
  library: LibraryService
  nni: Pick<NniEnvironment, 'prepare'>
}

/** Trials of code that is no module: a line for the shell, in the folder of the code itself, as NNI does. */
export class CodeTrials implements TrialSource {
  readonly #record: ExperimentRecord
  readonly #needs: CodeTrialsNeeds
  #prepared: PreparedEnvironment | undefined
  /** Where `secxops.input()` finds the inputs. */
  #inputs: Record<string, string> = {}

  constructor(record: ExperimentRecord, needs: CodeTrialsNeeds) {
    this.#record = record
    this.#needs = needs
  }

  async prepare(caller: Waiter): Promise<void> {
    const directory = this.#directory()
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
      throw new SecxopsError({
        code: 'no-such-file',
        message: `The folder of the code, ${directory}, is not there.`,
        where: { path: this.#record.path, field: 'code.directory' },
      })
    const { code, inputs = {} } = this.#record.file
    for (const name of Object.keys(inputs)) {
      const content = await trialInput(this.#record, this.#needs.library, name, caller.signal)
      if (content) this.#inputs[`SECXOPS_INPUT_${name}`] = content.path
    }
    this.#prepared = code?.environment
      ? await this.#needs.environments.prepare(code.environment, directory, false, caller)
      : await this.#needs.nni.prepare(caller)
  }

  async command(trial: TrialPlace, parameters: TrialParameters): Promise<Command> {
    const { file, settings } = this.#record
    const variables = {
      ...this.#inputs,
      ...ofShell(parameters),
      ...trialVariables(trial, parameters),
      NNI_CODE_DIR: this.#directory(),
    }
    if (settings.trialGpuNumber === 0) Object.assign(variables, { CUDA_VISIBLE_DEVICES: '' })
    if (!this.#prepared) throw new Error('the environment of the trials is not ready')
    return {
      argv: [SHELL, '-c', String(settings.trialCommand)],
      cwd: this.#directory(),
      env: environmentOf(variables, this.#prepared),
      memory: bytesOf(file.resources?.memory),
    }
  }

  explain(trial: TrialPlace, ended: Ended, execution: Execution): Promise<ErrorBody> {
    const start = String(this.#record.settings.trialCommand)
    return explainTrial(trial, ended, execution, {
      module: {
        apiVersion: 'secxops/v1',
        kind: 'Module',
        name: 'trial',
        start,
        resources: this.#record.file.resources,
      },
    })
  }

  async tidy(): Promise<void> {
    // Its folder is the user's own.
  }

  #directory(): string {
    return String(this.#record.settings.trialCodeDirectory)
  }
}

/** `SECXOPS_PARAM_lr` and the like, for the command line; what is too long for a variable, or none, is read from the file of parameters. */
function ofShell(parameters: TrialParameters): Record<string, string> {
  const texts = Object.entries(parameters).map(([name, value]): [string, string] => [name, formatValue(value)])
  return Object.fromEntries(
    texts
      .filter(([name, text]) => /^\w+$/.test(name) && !text.includes('\0') && Buffer.byteLength(text) <= LONG_VALUE)
      .map(([name, text]) => [`SECXOPS_PARAM_${name}`, text]),
  )
}
