import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { openHome } from '../../home.ts'
import { createLibrary } from '../../library/library.ts'
import { libraryMigrations } from '../../library/migrations.ts'
import { ModuleCatalog } from '../../modules/catalog.ts'
import { moduleMigrations } from '../../modules/migrations.ts'
import { createModuleService } from '../../modules/service.ts'
import { createLocalRunner } from '../../runners/local/local-runner.ts'
import type { Runner } from '../../runners/runner.ts'
import { createEvents } from '../../server/events.ts'
import type { PreparedEnvironment, Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import { Experiments } from '../experiments.ts'
import { experimentMigrations } from '../records/migrations.ts'
import { createRunnerEngine } from '../runner-engine/runner-engine.ts'

/** Notes that it ran, reports x as three points and as its result. */
export const COUNTING = `x=$(sed 's/[^0-9]//g' "$SECXOPS_PARAMS_FILE")
echo "$SECXOPS_TRIAL" >> ran
for step in 0 1 2; do echo '{"name":"default","value":'$x$step',"step":'$step'}' >> "$SECXOPS_METRICS_FILE"; done
echo '{"name":"default","value":'$x',"final":true}' >> "$SECXOPS_METRICS_FILE"
`

export interface SearchBenchOptions {
  root?: string
  /** Command of a trial; default {@link COUNTING}. */
  command?: string
  settings?: ExperimentDetail['settings']
  store?(store: Store): Store
  runner?(runner: Runner): Runner
  /** Milliseconds after which a silent tuner hangs. */
  patience?: number
  /** Executable in the place of Python; default: a tuner that counts x up. */
  tuner?: string
}

/** Searches of our own runner with real processes and a tuner that needs nothing to be installed, over a home of their own. */
export function searchBench(options: SearchBenchOptions = {}) {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'sx-search-'))
  const home = openHome({ SECXOPS_HOME: join(root, 'home') })
  const project = join(root, 'project')
  mkdirSync(project, { recursive: true })
  const opened = openStore(home.database, 'next', [...moduleMigrations, ...libraryMigrations, ...experimentMigrations])
  const store = options.store?.(opened) ?? opened
  const events = createEvents()
  const local = createLocalRunner()
  const runner = options.runner?.(local) ?? local
  const python = options.tuner ?? fileURLToPath(new URL('scripted-tuner.mjs', import.meta.url))
  const prepared: PreparedEnvironment = { python, bin: [], variables: {}, digest: 'none' }
  const environments = { digest: async () => 'none', prepare: async () => prepared }
  const engine = createRunnerEngine({
    runner,
    modules: createModuleService(new ModuleCatalog(store, home, root)),
    library: createLibrary(home, store, events),
    environments,
    nni: { prepare: async () => prepared, install: () => undefined },
    patience: options.patience,
  })
  const settings = {
    searchSpace: { x: { _type: 'uniform', _value: [0, 1000] } },
    tuner: { name: 'Scripted' },
    trialCommand: options.command ?? COUNTING,
    trialCodeDirectory: project,
    trialConcurrency: 2,
    maxTrialNumber: 4,
    ...options.settings,
  }
  const experiments = new Experiments({
    home,
    store,
    events,
    engines: { hpo: { secxops: engine } },
    read: async (path) => ({
      path,
      text: '',
      name: 'try',
      kind: 'hpo',
      file: { apiVersion: 'secxops/v1', kind: 'Experiment', code: { command: settings.trialCommand }, nni: {} },
      settings,
      objective: { metric: 'default', direction: 'maximize' },
      method: 'Scripted',
    }),
    checkEdit: () => undefined,
  })
  return {
    root,
    project,
    experiments,
    /** The same request each time: one experiment, however often a backend dies. */
    start: () => experiments.start({ path: join(project, 'try.experiment.yaml'), idempotencyKey: 'the-one-search' }),
    write: (name: string, text: string) => writeFileSync(join(project, name), text),
    over: (id: string) =>
      new Promise<ExperimentDetail>((resolve) => {
        const look = (): void => {
          const experiment = experiments.get(id)
          if (!/^(done|stopped|failed)$/.test(experiment.state)) return
          unsubscribe()
          resolve(experiment)
        }
        const unsubscribe = events.subscribe(look)
        look()
      }),
    async close() {
      await experiments.close()
      local.close()
      await store.close()
    },
  }
}
