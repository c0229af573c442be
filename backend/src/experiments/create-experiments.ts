import type { FastifyInstance } from 'fastify'
import type { Home } from '../home.ts'
import type { Runner } from '../runners/runner.ts'
import type { EnvironmentService, Events, LibraryService, ModuleService, Store } from '../services.ts'
import { type Engines, Experiments } from './experiments.ts'
import { readExperiment } from './files/read-experiment.ts'
import { registerExperimentFileRoutes } from './files/routes.ts'
import { registerExperimentRoutes } from './routes.ts'

export interface ExperimentsNeeds {
  home: Home
  store: Store
  events: Events
  modules: ModuleService
  environments: EnvironmentService
  library: LibraryService
  runner: Runner
}

/** What `main.ts` asks of the experiments. */
export interface ExperimentsPart {
  routes(app: FastifyInstance): void
  /** Takes up what the last owner left. */
  recover(): void
  /** Experiments that go on: the daemon stays for them. */
  active(): number
  close(): Promise<void>
}

/** Puts the parts of the experiments together. Nothing is loaded or started before it is asked for. */
export function createExperiments(domain: ExperimentsNeeds): ExperimentsPart {
  const { home, store, events } = domain
  const engines: Engines = { hpo: {} }
  const experiments = new Experiments({
    home,
    store,
    events,
    engines,
    read: readExperiment,
    checkEdit: () => undefined,
  })
  return {
    routes(app) {
      registerExperimentRoutes(app, experiments)
      registerExperimentFileRoutes(app, {
        modules: domain.modules,
        library: domain.library,
        install: (kind, file) =>
          (kind === 'hpo' ? engines.hpo[file.engine ?? 'secxops'] : engines[kind])?.install(file),
        fromCode: async () => [],
      })
    },
    recover: () => experiments.recover(),
    active: () => experiments.active(),
    close: () => experiments.close(),
  }
}
