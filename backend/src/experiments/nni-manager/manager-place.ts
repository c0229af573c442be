import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Launch } from '../../runners/runner.ts'
import type { ExperimentRecord } from '../services.ts'

/** What must be known of the manager that was started last, so that it can be found again. */
export interface ManagerState {
  launch: number
  /** First part of its addresses; who does not know it gets nothing. */
  prefix: string
  /** Its end was told: the next start is a new one. */
  settled: boolean
}

/** Where the files of an experiment's manager lie. */
export class ManagerPlace {
  readonly root: string
  readonly #id: string
  readonly #trials: string

  constructor({ id, directory }: Pick<ExperimentRecord, 'id' | 'directory'>) {
    this.#id = id
    this.root = join(directory, 'nni')
    this.#trials = join(directory, 'trials')
  }

  /** NNI's folder of experiments; it makes one below it for this one. */
  get experiments(): string {
    return join(this.root, 'experiments')
  }

  /** NNI's folder of the experiment. */
  get experiment(): string {
    return join(this.experiments, this.#id)
  }

  get database(): string {
    return join(this.experiment, 'db', 'nni.sqlite')
  }

  get tunerLog(): string {
    return join(this.experiment, 'log', 'dispatcher.log')
  }

  /** NNI's folder of a trial. */
  job(id: string): string {
    return join(this.experiment, 'environments', 'local-env', 'trials', id)
  }

  /** Ours. */
  trial(number: number): string {
    return join(this.#trials, String(number))
  }

  request(id: string): string {
    return join(this.requests, `${id}.json`)
  }

  get requests(): string {
    return join(this.root, 'requests')
  }

  command(id: string): string {
    return join(this.root, 'commands', `${id}.json`)
  }

  launch(launch: number): Launch {
    return { attemptId: `${this.#id}.nni.${launch}`, directory: join(this.root, 'launches', String(launch)), launch: 1 }
  }

  /** Port on which the manager listens; undefined before it does. */
  port(): number | undefined {
    const text = readText(join(this.experiment, 'port'))
    return text?.endsWith('\n') ? Number(text) : undefined
  }

  get portFile(): string {
    return join(this.experiment, 'port')
  }

  state(): ManagerState | undefined {
    const text = readText(join(this.root, 'manager.json'))
    return text === undefined ? undefined : (JSON.parse(text) as ManagerState)
  }

  /** Replaces the state at once. */
  keep(state: ManagerState): void {
    this.make()
    writeWhole(join(this.root, 'manager.json'), JSON.stringify(state))
  }

  make(): void {
    for (const folder of [this.experiments, this.requests, join(this.root, 'commands')])
      mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
}

/** Nobody ever sees half of it. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text, { mode: 0o600 })
  renameSync(`${path}.part`, path)
}

/** Undefined when there is no such file. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
