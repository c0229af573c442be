import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { Json } from '@secxops/protocol/json'
import type { Waiter } from '../../environments/shared-work.ts'
import { bytesOf } from '../../runners/memory.ts'
import type { Command, Ended, Execution } from '../../runners/runner.ts'
import { environmentOf } from '../../runs/command.ts'
import { sourceOf } from '../../runs/sources.ts'
import type { LibraryService, PreparedEnvironment } from '../../services.ts'
import type { NniEnvironment } from '../environment/nni-environment.ts'
import { hostPackage, toldFile } from '../host/told-file.ts'
import { ToldTail } from '../host/told-tail.ts'
import { explainTrial } from '../runner-engine/explain-trial.ts'
import { trialVariables } from '../runner-engine/trial-environment.ts'
import type { TrialPlace, TrialSource } from '../runner-engine/trial-source.ts'
import type { ExperimentJournal } from '../services.ts'
import {
  automlPackage,
  graceOf,
  learningSpec,
  predictorFolder,
  tableName,
  tableSource,
  tablesOf,
  timeLimit,
} from './automl-spec.ts'
import { modelNumbers } from './model-numbers.ts'

export interface AutomlNeeds {
  library: LibraryService
  automl: Pick<NniEnvironment, 'prepare' | 'install'>
}

/** The process that fits: one for the whole experiment. */
export class AutomlSource implements TrialSource {
  readonly #journal: ExperimentJournal
  readonly #needs: AutomlNeeds
  #prepared: PreparedEnvironment | undefined
  #tables: Record<string, Json> = {}

  constructor(journal: ExperimentJournal, needs: AutomlNeeds) {
    this.#journal = journal
    this.#needs = needs
  }

  async prepare(caller: Waiter): Promise<void> {
    const { record } = this.#journal
    for (const { role, input } of tablesOf(record)) {
      const from = tableSource(input, dirname(record.path))
      const field = `automl.${role}`
      // As it is now: a table that is written to in the meantime stays the same for a resume.
      const type = 'file' in input ? 'file' : 'dataset'
      const { content } = await sourceOf(this.#needs.library, from, type, field, caller.signal)
      this.#tables[role] = { path: content.path, name: tableName(input) }
    }
    this.#prepared = await this.#needs.automl.prepare(caller)
  }

  async command(place: TrialPlace): Promise<Command> {
    if (!this.#prepared) throw new Error('the environment of AutoML is not ready')
    const { record } = this.#journal
    const limit = timeLimit(record)
    mkdirSync(place.directory, { recursive: true, mode: 0o700 })
    const spec = join(place.directory, 'spec.json')
    const given = {
      ...learningSpec(record),
      tables: this.#tables,
      limit: Math.max(1, limit - record.duration / 1000),
      grace: graceOf(limit),
      folder: predictorFolder(record),
      trials: join(record.directory, 'trials'),
      numbers: Object.fromEntries(modelNumbers(this.#journal.trials())),
      told: toldFile(place.directory),
    }
    writeFileSync(spec, JSON.stringify(given), { mode: 0o600 })
    const { resources } = record.file
    return {
      argv: [this.#prepared.python ?? 'python3', '-m', 'secxops_automl', 'fit', spec],
      cwd: dirname(record.path),
      env: automlVariables(trialVariables(place, {}), this.#prepared),
      memory: bytesOf(resources?.memory),
    }
  }

  async explain(place: TrialPlace, ended: Ended, execution: Execution): Promise<ErrorBody> {
    const { file, path } = this.#journal.record
    const plain = await explainTrial(place, ended, execution, {
      module: { apiVersion: 'secxops/v1', kind: 'Module', name: 'trial', start: 'AutoML', resources: file.resources },
    })
    const told = new ToldTail(toldFile(place.directory)).read().findLast((line) => line.kind === 'failed')
    if (told?.kind === 'failed' && !execution.overMemory())
      return { code: 'command-failed', message: told.message, where: told.place ?? { path }, cause: plain.cause }
    return { ...plain, message: plain.message.replace('The trial ', 'AutoML ') }
  }

  async tidy(): Promise<void> {
    // Models that are not kept are removed by AutoGluon itself.
  }
}

/** Variables of a process with our Python package and AutoGluon. */
export function automlVariables(
  variables: Record<string, string>,
  prepared: PreparedEnvironment,
): Record<string, string> {
  const env = environmentOf(variables, prepared)
  return {
    // Threads that wait by turning round take the cores from those that work, on a busy machine for minutes.
    OMP_WAIT_POLICY: 'PASSIVE',
    GOMP_SPINCOUNT: '0',
    ...env,
    PYTHONPATH: [env.PYTHONPATH, automlPackage(), hostPackage()].filter(Boolean).join(delimiter),
  }
}
