import type { Health } from '@secxops/protocol/api'
import type { ServerEvent } from '@secxops/protocol/events'
import type { FastifyInstance } from 'fastify'
import { registerCleanRoutes } from './clean/routes.ts'
import { createClusterPlaces } from './cluster/cluster-places.ts'
import { createImageBuilder } from './cluster/image-builder.ts'
import { CLUSTER_MIGRATIONS } from './cluster/migrations.ts'
import { registerTargetRoutes } from './cluster/routes.ts'
import { Targets } from './cluster/targets.ts'
import { registerDaemonRoutes } from './daemon/routes.ts'
import { createEnvironmentService } from './environments/service.ts'
import { registerExampleRoutes } from './examples/routes.ts'
import { createExperiments } from './experiments/create-experiments.ts'
import { experimentMigrations } from './experiments/records/migrations.ts'
import type { Home } from './home.ts'
import { createLabels } from './labels/create-labels.ts'
import { labelMigrations } from './labels/migrations.ts'
import { createLibrary } from './library/library.ts'
import { libraryMigrations } from './library/migrations.ts'
import { registerLibraryRoutes } from './library/routes.ts'
import { moduleMigrations } from './modules/migrations.ts'
import { createModules } from './modules/modules.ts'
import { registerModuleRoutes } from './modules/routes.ts'
import { createLocalRunner } from './runners/local/local-runner.ts'
import { RUN_MIGRATIONS } from './runs/migrations.ts'
import { registerRunRoutes } from './runs/routes.ts'
import { Runs } from './runs/service.ts'
import { createEvents } from './server/events.ts'
import type { Events } from './services.ts'
import { createServiceKeys } from './settings/service-keys.ts'
import { createSettings, registerSettingsRoutes, settingsMigrations } from './settings/settings.ts'
import { openStore } from './store/store.ts'
import { VERSION } from './version.ts'
import { registerWorkflowRoutes } from './workflows/routes.ts'

/** The domains put together over one home. Only the owner of the home may make it. */
export interface Backend {
  events: Events
  hello: () => ServerEvent
  routes: ((app: FastifyInstance) => void)[]
  /** Runs and jobs that the daemon stays for. */
  active(): number
  /** Takes up what the last owner left; requests are served meanwhile. */
  recover(): Promise<void>
  /** Stops watching and closes the store; modules run on. */
  close(): Promise<void>
}

export function createBackend(home: Home, { stop }: { stop: () => void }): Backend {
  const startedAt = new Date().toISOString()
  const events = createEvents()
  const store = openStore(home.database, 'next', [
    ...settingsMigrations,
    ...moduleMigrations,
    ...libraryMigrations,
    ...RUN_MIGRATIONS,
    ...labelMigrations,
    ...experimentMigrations,
    ...CLUSTER_MIGRATIONS,
  ])
  const settings = createSettings(store)
  const keys = createServiceKeys(home.root)
  const library = createLibrary(home, store, events)
  const environments = createEnvironmentService({ home, settings: () => settings.get() })
  const modules = createModules({ home, store, events, settings, environments })
  const runner = createLocalRunner()
  const targets = new Targets(store)
  const images = createImageBuilder({ store, environments, staging: home.staging })
  const elsewhere = createClusterPlaces({ root: home.root, targets, images })
  const runs = new Runs({ home, store, events, modules, environments, library, runner, settings, elsewhere })
  const labels = createLabels({ home, store, events, settings, keys, environments, library })
  const experiments = createExperiments({ home, store, events, modules, environments, library, runner })
  // Whoever wants to stop the daemon must not end searches unasked, either.
  const going = {
    activeRuns: () => runs.activeRuns() + experiments.active(),
    cancelAll: async () => {
      await Promise.all([runs.cancelAll(), experiments.stopAll()])
    },
  }
  const health = (): Health => ({
    product: 'secxops',
    version: VERSION,
    mode: 'owner',
    epoch: store.epoch,
    pid: process.pid,
    home: home.root,
    startedAt,
    activeRuns: going.activeRuns(),
  })
  return {
    events,
    hello: () => ({ type: 'hello', epoch: store.epoch, version: VERSION }),
    routes: [
      (app) => registerDaemonRoutes(app, { home, health, runs: going, settings, stop }),
      (app) => registerSettingsRoutes(app, settings, keys),
      registerExampleRoutes,
      (app) => registerLibraryRoutes(app, library),
      (app) => registerModuleRoutes(app, modules),
      (app) => registerWorkflowRoutes(app, modules),
      (app) => registerRunRoutes(app, runs),
      (app) => registerTargetRoutes(app, targets),
      (app) => labels.routes(app),
      (app) => experiments.routes(app),
      (app) =>
        registerCleanRoutes(app, {
          home,
          // While a search is about to use them, environments and contents stay.
          runs: { ...runs.cleaning, quiet: () => runs.cleaning.quiet() && experiments.active() === 0 },
          library: library.cleaning,
          environments: environments.cleaning,
        }),
    ],
    active: () => runs.activeRuns() + labels.active() + experiments.active(),
    async recover() {
      await labels.recover()
      experiments.recover()
      await runs.recover()
    },
    async close() {
      await labels.close()
      await experiments.close()
      await runs.close()
      await store.close()
    },
  }
}
