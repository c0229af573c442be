import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExperimentDetail, Trial } from '@secxops/protocol/experiments'
import type { Json } from '@secxops/protocol/json'
import { createEnvironmentService } from '../../environments/service.ts'
import { openHome } from '../../home.ts'
import { createLibrary } from '../../library/library.ts'
import { libraryMigrations } from '../../library/migrations.ts'
import { ModuleCatalog } from '../../modules/catalog.ts'
import { moduleMigrations } from '../../modules/migrations.ts'
import { createModuleService } from '../../modules/service.ts'
import { createLocalRunner } from '../../runners/local/local-runner.ts'
import { carriersOf, listProcesses } from '../../runners/local/processes.ts'
import { createEvents } from '../../server/events.ts'
import { openStore } from '../../store/store.ts'
import { NniEnvironment } from '../environment/nni-environment.ts'
import { Experiments } from '../experiments.ts'
import { readExperiment } from '../files/read-experiment.ts'
import { createNniEngine } from '../nni-manager/nni-engine.ts'
import { experimentMigrations } from '../records/migrations.ts'
import { createRunnerEngine } from '../runner-engine/runner-engine.ts'
import { BROKEN_TUNER, MODULE, MODULE_CODE, NNI_CODE, SLOW_TUNER, TRIAL } from './trial-code.ts'
import { until } from './until.ts'

export type EngineName = 'secxops' | 'nni'
export const ENGINES: readonly EngineName[] = ['secxops', 'nni']

/** NNI's environment takes a minute to make: all benches of a run share it. The variable names a folder that outlives the run. */
const ENVIRONMENTS = process.env.SECXOPS_TEST_PLACE ?? mkdtempSync(join(tmpdir(), 'sx-nni-'))

/** Experiments with real engines, over a home of their own. `place`: where environments are; `root`: a home that is there already. */
export class Bench {
  readonly engine: EngineName
  readonly place: string
  readonly root: string
  /** Folder of the trials' code. */
  readonly project: string
  readonly experiments: Experiments
  readonly #nni: NniEnvironment
  readonly #close: () => Promise<void>

  constructor(engine: EngineName, place = ENVIRONMENTS, root = mkdtempSync(join(tmpdir(), 'sx-contract-'))) {
    this.engine = engine
    this.place = place
    this.root = root
    this.project = join(root, 'project')
    mkdirSync(this.project, { recursive: true })
    mkdirSync(join(place, 'environments'), { recursive: true })
    mkdirSync(join(this.project, 'train'), { recursive: true })
    const files = {
      'trial.py': TRIAL,
      'nni_code.py': NNI_CODE,
      'broken_tuner.py': BROKEN_TUNER,
      'slow_tuner.py': SLOW_TUNER,
      'data.txt': 'four',
      'train/module.yaml': MODULE,
      'train/train.py': MODULE_CODE,
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.project, name), text)
    const home = openHome({ SECXOPS_HOME: join(root, 'home') })
    const store = openStore(home.database, 'next', [...moduleMigrations, ...libraryMigrations, ...experimentMigrations])
    const events = createEvents()
    const environments = createEnvironmentService({
      home: { root: place, environments: join(place, 'environments') },
      settings: () => ({ python: '' }),
    })
    const nni = new NniEnvironment(environments, join(place, 'environments'))
    this.#nni = nni
    const runner = createLocalRunner()
    const modules = createModuleService(new ModuleCatalog(store, home, root))
    const needs = { runner, nni, modules, environments, library: createLibrary(home, store, events) }
    this.experiments = new Experiments({
      home,
      store,
      events,
      engines: { hpo: { secxops: createRunnerEngine(needs), nni: createNniEngine(needs) } },
      read: readExperiment,
      checkEdit: () => undefined,
    })
    this.#close = async () => {
      await this.experiments.close()
      runner.close()
      await store.close()
    }
  }

  /** Makes what the first start would make. */
  async prepare(): Promise<void> {
    await this.#nni.prepare({ signal: new AbortController().signal, progress: () => undefined })
  }

  /** Starts a search over `trial.py`. `nni`: settings beside a tuner that draws x between 0 and 1 and one trial at once. */
  async start(nni: Record<string, Json> = {}, more: Record<string, Json | undefined> = {}): Promise<string> {
    const path = join(this.project, 'try.experiment.yaml')
    const file = {
      apiVersion: 'secxops/v1',
      kind: 'Experiment',
      code: { command: 'python trial.py' },
      objective: { metric: 'score', direction: 'maximize' },
      nni: {
        searchSpace: { x: { _type: 'uniform', _value: [0, 1] } },
        tuner: { name: 'Random' },
        trialConcurrency: 1,
        ...nni,
      },
      ...more,
    }
    writeFileSync(path, JSON.stringify(file))
    return (await this.experiments.start({ path, engine: this.engine })).id
  }

  get(id: string): ExperimentDetail {
    return this.experiments.get(id)
  }

  async trials(id: string): Promise<Trial[]> {
    const { trials } = await this.experiments.trials(id, {}, new AbortController().signal)
    return trials.sort((a, b) => a.number - b.number)
  }

  /** Waits until the experiment is over and answers how. */
  async over(id: string): Promise<ExperimentDetail> {
    await until(() => /^(done|stopped|failed)$/.test(this.get(id).state))
    return this.get(id)
  }

  /** Waits until the trials are as asked. */
  async until(id: string, ready: (trials: Trial[]) => boolean): Promise<Trial[]> {
    const look = async (): Promise<Trial[] | undefined> => {
      const { state, error } = this.get(id)
      const trials = await this.trials(id)
      if (ready(trials)) return trials
      if (state === 'failed') throw new Error(`the experiment failed: ${error?.message}\n${error?.cause}`)
      return undefined
    }
    return until(look)
  }

  /** Processes of the experiment's trials, and of NNI's manager with its tuner. */
  living(id: string): number[] {
    return [...carriersOf(`SECXOPS_EXPERIMENT=${id}`), ...this.#carriers(`${id}.nni.`)]
  }

  /** Process of the tuner: of our own engine it is a child of this one. */
  tuner(id: string): number {
    const found =
      this.engine === 'nni'
        ? this.#carriers(`${id}.nni.`).find((pid) => read(`/proc/${pid}/cmdline`).includes('\0--exp_params\0'))
        : listProcesses()
            .map(({ pid }) => pid)
            .find(
              (pid) => parentOf(pid) === process.pid && read(`/proc/${pid}/cmdline`).includes('experiments/tuner.py\0'),
            )
    if (found === undefined) throw new Error('there is no tuner')
    return found
  }

  /** Processes that carry an attempt whose name begins so. */
  #carriers(attempt: string): number[] {
    const mark = `\0SECXOPS_ATTEMPT_ID=${attempt}`
    return listProcesses()
      .map(({ pid }) => pid)
      .filter((pid) => read(`/proc/${pid}/environ`).includes(mark))
  }

  /** Lets trials go on that wait at a gate of this name. */
  open(gate: string): void {
    writeFileSync(join(this.project, gate), '')
  }

  /** As a backend closes: what runs goes on. */
  close(): Promise<void> {
    return this.#close()
  }
}

/** Field 4 of a process's state; its name before it may hold anything. */
const parentOf = (pid: number): number => Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1])

/** Text of a process's file; empty when it is gone. */
function read(path: string): string {
  try {
    return `\0${readFileSync(path, 'latin1')}`
  } catch {
    return ''
  }
}
