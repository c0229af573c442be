import type { ErrorBody } from '@secxops/protocol/errors'
import type { BaseState } from '@secxops/protocol/labels'
import type { FastifyInstance } from 'fastify'
import type { Home } from '../home.ts'
import type { EnvironmentService, Events, LibraryService, SettingsService, Store } from '../services.ts'
import type { ServiceKeys } from '../settings/service-keys.ts'
import { createBases } from './bases/bases.ts'
import { registerBaseRoutes } from './bases/routes.ts'
import { createEmbedding } from './embedding/embedding.ts'
import { RankingEngine } from './engine/engine.ts'
import { registerEngineRoutes } from './engine/routes.ts'
import { embedderServer } from './servers/bundled-servers.ts'

export interface LabelsNeeds {
  home: Home
  store: Store
  events: Events
  settings: SettingsService
  keys: ServiceKeys
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
export function createLabels({ home, store, events, settings, keys, environments }: LabelsNeeds): Labels {
  const bases = createBases(store, events, {
    state: (base) => stateAfter(engine.failure(base)),
    waiting: () => 0,
    model: (base) => engine.model(base),
    embedder: (base) => engine.embedder(base),
    suspicions: (base) => engine.suspicions(base),
  })
  const server = embedderServer(home, environments)
  const embedding = createEmbedding({ store, settings, keys, server })
  const engine = new RankingEngine({
    store,
    database: home.database,
    bases,
    embedding,
    classic: async () => [],
    candidates: async () => undefined,
    needs: () => undefined,
  })
  return {
    routes(app) {
      registerBaseRoutes(app, bases)
      registerEngineRoutes(app, engine)
    },
    async recover() {
      await bases.catalog.purge()
    },
    active: () => 0,
    async close() {
      await engine.close()
      await embedding.close()
    },
  }
}

const stateAfter = (error: ErrorBody | undefined): BaseState | undefined =>
  error && { state: 'failed', error, answers: false }
