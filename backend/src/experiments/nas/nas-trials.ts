import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Waiter } from '../../environments/shared-work.ts'
import { bytesOf } from '../../runners/memory.ts'
import type { Command, Ended, Execution } from '../../runners/runner.ts'
import { environmentOf } from '../../runs/command.ts'
import { sourceOf } from '../../runs/sources.ts'
import type { EnvironmentService, LibraryService, PreparedEnvironment } from '../../services.ts'
import type { NniEnvironment } from '../environment/nni-environment.ts'
import { hostPackage, toldFile } from '../host/told-file.ts'
import { ToldTail } from '../host/told-tail.ts'
import { explainTrial } from '../runner-engine/explain-trial.ts'
import { trialVariables } from '../runner-engine/trial-environment.ts'
import type { TrialPlace, TrialSource } from '../runner-engine/trial-source.ts'
import type { ExperimentRecord } from '../services.ts'
import { isOneShot, nasPackage, nasSpec } from './nas-spec.ts'

export interface NasTrialsNeeds {
  environments: EnvironmentService
  library: LibraryService
  /** Ours, with PyTorch. */
  nas: Pick<NniEnvironment, 'prepare'>
}

/** Trials of an architecture search: a whole one-shot search, or one architecture trained alone. */
export class NasTrials implements TrialSource {
  readonly #record: ExperimentRecord
  readonly #needs: NasTrialsNeeds
  #prepared: PreparedEnvironment | undefined
  #inputs: Record<string, string> = {}

  constructor(record: ExperimentRecord, needs: NasTrialsNeeds) {
    this.#record = record
    this.#needs = needs
  }

  async prepare(caller: Waiter): Promise<void> {
    this.#inputs = await this.#inputPaths(caller.signal)
    await this.environment(caller)
  }

  /** What trials and the strategy run in: the one that the file names, else ours. */
  async environment(caller: Waiter): Promise<PreparedEnvironment> {
    const wanted = this.#record.file.code?.environment
    this.#prepared = wanted
      ? await this.#needs.environments.prepare(wanted, dirname(this.#record.path), false, caller)
      : await this.#needs.nas.prepare(caller)
    return this.#prepared
  }

  async command(trial: TrialPlace, parameters: TrialParameters): Promise<Command> {
    if (!this.#prepared) throw new Error('the environment of the trials is not ready')
    const record = this.#record
    const { file, settings } = record
    mkdirSync(trial.directory, { recursive: true, mode: 0o700 })
    const spec = join(trial.directory, 'spec.json')
    const places = { directory: trial.directory, checkpoints: record.directory, told: toldFile(trial.directory) }
    writeFileSync(spec, JSON.stringify({ ...nasSpec(record), ...places }), { mode: 0o600 })
    const env = environmentOf({ ...trialVariables(trial, parameters), ...this.#inputs }, this.#prepared)
    const share = Math.floor(availableParallelism() / Number(settings.trialConcurrency ?? 1))
    return {
      argv: [this.#prepared.python ?? 'python3', '-m', 'secxops_nas', isOneShot(record) ? 'search' : 'single', spec],
      cwd: dirname(record.path),
      env: {
        ...env,
        PYTHONPATH: [env.PYTHONPATH, nasPackage(), hostPackage()].filter(Boolean).join(delimiter),
        // More threads than cores make PyTorch slower by an order of magnitude.
        OMP_NUM_THREADS: String(file.resources?.cpu ? Math.max(1, Math.floor(file.resources.cpu)) : Math.max(1, share)),
        ...(file.resources?.gpu === 0 && { CUDA_VISIBLE_DEVICES: '' }),
      },
      memory: bytesOf(file.resources?.memory),
    }
  }

  async explain(trial: TrialPlace, ended: Ended, execution: Execution): Promise<ErrorBody> {
    const { file, settings, path } = this.#record
    const start = `python -m secxops_nas ${String(settings.strategy)}`
    const plain = await explainTrial(trial, ended, execution, {
      module: { apiVersion: 'secxops/v1', kind: 'Module', name: 'trial', start, resources: file.resources },
    })
    const told = new ToldTail(toldFile(trial.directory)).read().findLast((line) => line.kind === 'failed')
    if (told?.kind !== 'failed' || execution.overMemory()) return plain
    return {
      code: 'command-failed',
      message: told.message,
      where: told.place ?? { path },
      cause: plain.cause,
      next: [{ kind: 'open', label: 'Open it', place: told.place ?? { path } }],
    }
  }

  async tidy(): Promise<void> {
    // What a trial leaves is its model, which may be wanted.
  }

  async #inputPaths(signal: AbortSignal): Promise<Record<string, string>> {
    const { file, path } = this.#record
    const found: Record<string, string> = {}
    for (const [port, given] of Object.entries(file.inputs ?? {})) {
      const [kind, ref = ''] = Object.entries(given)[0] ?? []
      const field = `inputs.${port}`
      const from = kind === 'file' ? resolve(dirname(path), ref) : ref
      const type = kind === 'dataset' || kind === 'model' || kind === 'code' ? kind : 'file'
      found[`SECXOPS_INPUT_${port}`] = (await sourceOf(this.#needs.library, from, type, field, signal)).content.path
    }
    return found
  }
}
