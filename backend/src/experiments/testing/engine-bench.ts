import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExperimentFile } from '@secxops/protocol/experiment-file'
import type { ExperimentDetail, ExperimentReport, Trial } from '@secxops/protocol/experiments'
import type { Json } from '@secxops/protocol/json'
import { vi } from 'vitest'
import { createEnvironmentService } from '../../environments/service.ts'
import { type Home, openHome } from '../../home.ts'
import { createLibrary } from '../../library/library.ts'
import { libraryMigrations } from '../../library/migrations.ts'
import { createLocalRunner } from '../../runners/local/local-runner.ts'
import type { Runner } from '../../runners/runner.ts'
import { createEvents } from '../../server/events.ts'
import type { EnvironmentService, Events, LibraryService, PreparedEnvironment, Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import { NniEnvironment } from '../environment/nni-environment.ts'
import { type Engines, Experiments } from '../experiments.ts'
import { readExperiment } from '../files/read-experiment.ts'
import { experimentMigrations } from '../records/migrations.ts'
import type { ExperimentEngine } from '../services.ts'

/** Environments take minutes to install: all benches of a run share them. The variable names a folder that outlives the run. */
const PLACE = process.env.SECXOPS_TEST_PLACE ?? mkdtempSync(join(tmpdir(), 'sx-environments-'))

/** Removes what was installed for this run only. */
export function removeEnvironments(): void {
  if (process.env.SECXOPS_TEST_PLACE === undefined) rmSync(PLACE, { recursive: true, force: true })
}

export interface BenchNeeds {
  home: Home
  store: Store
  events: Events
  runner: Runner
  environments: EnvironmentService
  library: LibraryService
  environment: NniEnvironment
}

/** Experiments of one engine that really runs, in a home of its own; one that is there already is taken over. */
export class EngineBench {
  readonly root: string
  readonly project: string
  readonly experiments: Experiments
  readonly engine: ExperimentEngine
  readonly #environment: NniEnvironment
  readonly close: () => Promise<void>

  constructor(
    kind: 'nas' | 'automl',
    recipe: ConstructorParameters<typeof NniEnvironment>[2],
    create: (needs: BenchNeeds) => ExperimentEngine,
    root = mkdtempSync(join(tmpdir(), `sx-${kind}-home-`)),
  ) {
    this.root = root
    this.project = join(root, 'project')
    const place = join(PLACE, 'environments')
    for (const folder of [this.project, place]) mkdirSync(folder, { recursive: true })
    const home = openHome({ SECXOPS_HOME: join(root, 'home') })
    const store = openStore(home.database, 'next', [...libraryMigrations, ...experimentMigrations])
    const events = createEvents()
    const environments = createEnvironmentService({
      home: { root: PLACE, environments: place },
      settings: () => ({ python: '' }),
    })
    this.#environment = new NniEnvironment(environments, place, recipe)
    const runner = createLocalRunner()
    const library = createLibrary(home, store, events)
    const needs = { home, store, events, runner, environments, library, environment: this.#environment }
    this.engine = create(needs)
    const engines: Engines = { hpo: {}, [kind]: this.engine }
    this.experiments = new Experiments({
      home,
      store,
      events,
      engines,
      read: readExperiment,
      checkEdit: () => undefined,
    })
    this.close = async () => {
      await this.experiments.close()
      runner.close()
      await store.close()
    }
  }

  prepare(): Promise<PreparedEnvironment> {
    return this.#environment.prepare({ signal: new AbortController().signal, progress: () => undefined })
  }

  /** Starts an experiment of a file with these sections. */
  async begin(sections: Partial<Record<keyof ExperimentFile, Json>>): Promise<string> {
    const path = join(this.project, 'try.experiment.yaml')
    writeFileSync(path, JSON.stringify({ apiVersion: 'secxops/v1', kind: 'Experiment', ...sections }))
    return (await this.experiments.start({ path })).id
  }

  async trials(id: string): Promise<Trial[]> {
    const { trials } = await this.experiments.trials(id, {}, new AbortController().signal)
    return trials.sort((a, b) => a.number - b.number)
  }

  reports<K extends ExperimentReport['kind']>(id: string, kind: K): Extract<ExperimentReport, { kind: K }>[] {
    return this.experiments
      .journal(id)
      .reports()
      .filter((report): report is Extract<ExperimentReport, { kind: K }> => report.kind === kind)
  }

  async over(id: string): Promise<ExperimentDetail> {
    const over = (): boolean => /^(done|stopped|failed)$/.test(this.experiments.get(id).state)
    await vi.waitUntil(over, { timeout: 500_000, interval: 100 })
    return this.experiments.get(id)
  }
}
