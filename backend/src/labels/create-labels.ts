import type { FastifyInstance } from 'fastify'
import type { Home } from '../home.ts'
import type { EnvironmentService, Events, LibraryService, SettingsService, Store } from '../services.ts'
import { createBases } from './bases/bases.ts'
import { registerBaseRoutes } from './bases/routes.ts'

export interface LabelsNeeds {
  home: Home
  store: Store
  events: Events
  settings: SettingsService
  environments: EnvironmentService
  library: LibraryService
}

/** What `main.ts` asks of the labeler. */
export interface Labels {
  routes(app: FastifyInstance): void
  /** Takes up what the last owner left. */
  recover(): Promise<void>
  /** Jobs that go on: the daemon stays for them. */
  active(): number
  close(): Promise<void>
}

/** Puts the parts of the labeler together. Nothing is loaded or started before it is asked for. */
export function createLabels({ store, events }: LabelsNeeds): Labels {
  const bases = createBases(store, events, {
    state: () => undefined,
    waiting: () => 0,
    model: () => undefined,
    embedder: () => ({ model: '' }),
    suspicions: async () => new Map(),
  })
  return {
    routes(app) {
      registerBaseRoutes(app, bases)
    },
    async recover() {
      await bases.catalog.purge()
    },
    active: () => 0,
    async close() {},
  }
}
