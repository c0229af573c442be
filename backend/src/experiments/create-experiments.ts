import type { FastifyInstance } from 'fastify'
import type { Environments } from '../environments/service.ts'
import type { Home } from '../home.ts'
import type { Runner } from '../runners/runner.ts'
import { route } from '../server/route.ts'
import type { EnvironmentService, Events, LibraryService, ModuleService, Store } from '../services.ts'
import { registerApplyRoute } from './apply/routes.ts'
import { createAutomlEngine } from './automl/automl-engine.ts'
import { checkEdit } from './check-edit.ts'
import { AUTOML, NAS, NniEnvironment } from './environment/nni-environment.ts'
import { type Engines, Experiments } from './experiments.ts'
import { readExperiment } from './files/read-experiment.ts'
import { registerExperimentFileRoutes } from './files/routes.ts'
import { fromCode } from './from-code/from-code.ts'
import { registerFromCodeRoute } from './from-code/routes.ts'
import { createNasEngine } from './nas/nas-engine.ts'
import { createNniEngine } from './nni-manager/nni-engine.ts'
import { registerNniRoutes } from './nni-manager/routes.ts'
import { registerExperimentRoutes } from './routes.ts'
import { createRunnerEngine } from './runner-engine/runner-engine.ts'
import { saveModel } from './save-model.ts'

export interface ExperimentsNeeds {
  home: Home
  store: Store
  events: Events
  modules: ModuleService
  environments: EnvironmentService & Pick<Environments, 'findPython'>
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
  /** Ends when no process of any experiment is left. */
  stopAll(): Promise<void>
  close(): Promise<void>
}

/** Puts the parts of the experiments together. Nothing is loaded or started before it is asked for. */
export function createExperiments(domain: ExperimentsNeeds): ExperimentsPart {
  const { home, store, events } = domain
  const nni = new NniEnvironment(domain.environments, home.environments)
  const engines: Engines = {
    hpo: { secxops: createRunnerEngine({ ...domain, nni }), nni: createNniEngine({ ...domain, nni }) },
    nas: createNasEngine({ ...domain, nas: new NniEnvironment(domain.environments, home.environments, NAS) }),
    automl: createAutomlEngine({
      ...domain,
      automl: new NniEnvironment(domain.environments, home.environments, AUTOML),
    }),
  }
  const python = () => domain.environments.findPython()
  const experiments = new Experiments({
    home,
    store,
    events,
    engines,
    read: readExperiment,
    checkEdit,
  })
  return {
    routes(app) {
      registerExperimentRoutes(app, experiments)
      registerNniRoutes(app, experiments, home)
      route(app, 'experiments.saveModel', ({ params, body }) => saveModel({ ...domain, experiments }, params.id, body))
      registerApplyRoute(app, experiments, domain.modules)
      registerExperimentFileRoutes(app, {
        modules: domain.modules,
        library: domain.library,
        install: (kind, file) =>
          (kind === 'hpo' ? engines.hpo[file.engine ?? 'secxops'] : engines[kind])?.install(file),
        fromCode: async (path) => fromCode(path, (await python()).path, new AbortController().signal),
      })
      registerFromCodeRoute(app, python)
    },
    recover: () => experiments.recover(),
    active: () => experiments.active(),
    stopAll: () => experiments.stopAll(),
    close: () => experiments.close(),
  }
}
