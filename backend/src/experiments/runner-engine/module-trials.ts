import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { copyFile, cp, lstat, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { ResolvedModule } from '@secxops/protocol/api'
import type { ErrorBody } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentFile } from '@secxops/protocol/experiment-file'
import type { TrialParameters } from '@secxops/protocol/experiments'
import type { Values } from '@secxops/protocol/inspect'
import type { Json } from '@secxops/protocol/json'
import type { ModuleFile } from '@secxops/protocol/module'
import type { PortContent } from '@secxops/protocol/run'
import { didYouMean } from '@secxops/protocol/suggest'
import { checkValue, withDefaults } from '@secxops/protocol/value'
import type { Waiter } from '../../environments/shared-work.ts'
import { writeAtomic } from '../../modules/atomic.ts'
import { isNotebook } from '../../modules/needs-python.ts'
import { bytesOf } from '../../runners/memory.ts'
import type { Command, Ended, Execution } from '../../runners/runner.ts'
import { linkInputs, portPaths, readyOutputs } from '../../runs/attempt-files.ts'
import { commandOf, environmentOf, findProgram, placesOf } from '../../runs/command.ts'
import { secretsOf } from '../../runs/mask.ts'
import type { EnvironmentService, LibraryService, ModuleService, PreparedEnvironment } from '../../services.ts'
import type { ExperimentRecord } from '../services.ts'
import { explainTrial } from './explain-trial.ts'
import { trialVariables } from './trial-environment.ts'
import { trialInput } from './trial-inputs.ts'
import type { TrialPlace, TrialSource } from './trial-source.ts'

export interface ModuleTrialsNeeds {
  modules: ModuleService
  environments: EnvironmentService
  library: LibraryService
}

/** Parameters that tuners add by themselves; a module need not have them. */
const ADDED = ['TRIAL_BUDGET', 'load_checkpoint_dir', 'save_checkpoint_dir']
/** Bytes from which a file of the source is linked rather than copied for each trial. */
const LARGE = 1_048_576

interface Ready {
  resolved: ResolvedModule
  inputs: Record<string, PortContent>
  prepared: PreparedEnvironment
}

/** Trials of a module: each in a folder of its own with a copy of the sources as they were when the experiment began. */
export class ModuleTrials implements TrialSource {
  readonly #record: ExperimentRecord
  readonly #needs: ModuleTrialsNeeds
  #ready: Ready | undefined

  constructor(record: ExperimentRecord, needs: ModuleTrialsNeeds) {
    this.#record = record
    this.#needs = needs
  }

  async prepare(caller: Waiter): Promise<void> {
    caller.progress('copying the sources')
    const resolved = await this.#snapshot()
    const { module, path } = resolved
    this.#checkSpace(module)
    const inputs = await this.#inputs(module, caller.signal)
    const prepared = await this.#needs.environments.prepare(module.environment, path, isNotebook(module), caller)
    this.#ready = { resolved, inputs, prepared }
  }

  async command(trial: TrialPlace, parameters: TrialParameters): Promise<Command> {
    if (!this.#ready) throw new Error('the module of the trials is not ready')
    const { resolved, inputs, prepared } = this.#ready
    const { module } = resolved
    const values = this.#values(module, parameters)
    const places = placesOf(trial.directory)
    const names = { runId: trial.experiment, nodeId: 'trial', number: trial.number }
    const text = commandOf(module, values, Object.keys(inputs), places, names)
    await rm(places.work, { recursive: true, force: true })
    await copySources(resolved.path, places.work)
    const paths = portPaths(module, places.work)
    await linkInputs(paths.inputs, inputs)
    await readyOutputs(paths.outputs)
    for (const { path, text: content } of text.files) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(path, content, { mode: 0o600 })
    }
    // The tuner's own additions are for the code, too.
    const variables = { ...text.variables, ...trialVariables(trial, { ...parameters, ...values }) }
    const env = environmentOf(variables, prepared)
    const { file } = this.#record
    return {
      argv: [findProgram(text.argv[0] ?? '', env.PATH ?? ''), ...text.argv.slice(1)],
      cwd: places.work,
      env,
      memory: bytesOf(file.resources?.memory ?? module.resources?.memory),
    }
  }

  async explain(trial: TrialPlace, ended: Ended, execution: Execution): Promise<ErrorBody> {
    const module = this.#ready?.resolved.module
    if (!module) return { code: 'command-failed', message: 'The trial ended before its module was ready.' }
    const { resources } = this.#record.file
    const source = this.#record.file.module ?? ''
    return explainTrial(trial, ended, execution, {
      module: { ...module, resources: { ...module.resources, ...resources } },
      source: source.startsWith('.') ? resolve(dirname(this.#record.path), source) : undefined,
      secrets: trialSecrets(this.#record.directory, this.#record.file),
    })
  }

  async tidy(trial: TrialPlace): Promise<void> {
    await rm(placesOf(trial.directory).work, { recursive: true, force: true, maxRetries: 3 })
  }

  /** The module as it was at the first start; what is copied half is copied again. */
  async #snapshot(): Promise<ResolvedModule> {
    const { directory, file, path } = this.#record
    const source = join(directory, 'source')
    const known = keptModule(directory)
    if (known) return { ...known, path: source }
    const resolved = await this.#needs.modules.resolve(file.module ?? '', dirname(path))
    await rm(source, { recursive: true, force: true })
    await mkdir(source, { recursive: true, mode: 0o700 })
    await this.#needs.modules.materialize(resolved, source)
    writeAtomic(keptPath(directory), JSON.stringify(resolved))
    return { ...resolved, path: source }
  }

  #checkSpace(module: ModuleFile): void {
    const declared = Object.keys(module.parameters ?? {})
    for (const name of Object.keys(this.#record.settings.searchSpace ?? {})) {
      if (declared.includes(name) || name === 'combine_params') continue
      const near = didYouMean(name, declared)
      throw new SecxopsError({
        code: 'unknown-parameter',
        message: `The search space has ${name}, but module ${module.name} has no such parameter${near ? `; did you mean ${near}?` : `. It has ${declared.join(', ') || 'none'}.`}`,
        where: { path: this.#record.path, field: `nni.searchSpace.${name}` },
      })
    }
  }

  #values(module: ModuleFile, parameters: TrialParameters): Values {
    const declared = Object.entries(parameters).filter(([name]) => !ADDED.includes(name) || module.parameters?.[name])
    const values = withDefaults(module.parameters, {
      ...this.#record.file.with,
      ...Object.fromEntries(
        declared.map(([name, value]) => [name, asDeclared(module.parameters?.[name]?.type, value)]),
      ),
    })
    for (const [name, parameter] of Object.entries(module.parameters ?? {})) {
      const wrong = checkValue(parameter, values[name])
      if (wrong === undefined) continue
      throw new SecxopsError({
        code: values[name] === undefined ? 'missing-parameter' : 'bad-parameter',
        message: `Parameter ${name} of module ${module.name}: ${parameter.type === 'secret' ? 'a text is needed.' : wrong}`,
        where: { path: this.#record.path, field: `with.${name}` },
      })
    }
    return values
  }

  async #inputs(module: ModuleFile, signal: AbortSignal): Promise<Record<string, PortContent>> {
    const { file, path } = this.#record
    const inputs: Record<string, PortContent> = {}
    for (const [port, { type, required }] of Object.entries(module.inputs ?? {})) {
      const content = await trialInput(this.#record, this.#needs.library, port, signal, type)
      if (content) inputs[port] = content
      else if (required !== false)
        throw new SecxopsError({
          code: 'missing-input',
          message: `Input ${port} of module ${module.name} has no source. Add it under inputs: of the experiment.`,
          where: { path, field: `inputs.${port}` },
        })
    }
    const unknown = Object.keys(file.inputs ?? {}).find((port) => !module.inputs?.[port])
    if (unknown !== undefined)
      throw new SecxopsError({
        code: 'unknown-port',
        message: `Module ${module.name} has no input ${unknown}.`,
        where: { path, field: `inputs.${unknown}` },
      })
    return inputs
  }
}

/** NNI's choices are texts or numbers, so a boolean is searched over as `"true"` and `"false"`. */
const asDeclared = (type: string | undefined, value: Json): Json =>
  type === 'boolean' && (value === 'true' || value === 'false') ? value === 'true' : value

const keptPath = (directory: string): string => join(directory, 'module.json')

/** The module of an experiment's snapshot; undefined while there is none. */
function keptModule(directory: string): ResolvedModule | undefined {
  try {
    return JSON.parse(readFileSync(keptPath(directory), 'utf8')) as ResolvedModule
  } catch {
    return undefined
  }
}

/** Secret texts that the trials of an experiment were given: they are not shown in logs. */
export function trialSecrets(directory: string, file: ExperimentFile): string[] {
  const known = keptModule(directory)
  return known ? secretsOf(known.module, file.with ?? {}) : []
}

/** A copy for a trial to write in; large files are links to the one copy, as inputs are. */
async function copySources(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copySources(source, target)
    else if (entry.isSymbolicLink()) await cp(source, target, { verbatimSymlinks: true })
    else if ((await lstat(source)).size >= LARGE) await symlink(source, target)
    else await copyFile(source, target)
  }
}
