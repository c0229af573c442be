import type { ErrorBody } from '@secxops/protocol/errors'
import type { BaseState, LabelJob } from '@secxops/protocol/labels'
import type { FastifyInstance } from 'fastify'
import type { Home } from '../home.ts'
import type { Library } from '../library/library.ts'
import type { EnvironmentService, Events, SettingsService, Store } from '../services.ts'
import type { ServiceKeys } from '../settings/service-keys.ts'
import { createBases } from './bases/bases.ts'
import { registerBaseRoutes } from './bases/routes.ts'
import { createEmbedding } from './embedding/embedding.ts'
import { RankingEngine } from './engine/engine.ts'
import { registerEngineRoutes } from './engine/routes.ts'
import type { LanguageModel } from './generation/generate.ts'
import { Jobs } from './jobs/jobs.ts'
import { JobRequests } from './jobs/requests.ts'
import { registerJobRoutes } from './jobs/routes.ts'
import { labelWorks } from './jobs/works.ts'
import { Review } from './review/review.ts'
import { registerReviewRoutes } from './review/routes.ts'
import { embedderServer, milvusServer } from './servers/bundled-servers.ts'
import { createCandidates } from './vectors/candidates.ts'
import { createClassic } from './vectors/classic-suggestions.ts'
import { Milvus } from './vectors/milvus.ts'
import { VectorSearch } from './vectors/vector-search.ts'

export interface LabelsNeeds {
  home: Home
  store: Store
  events: Events
  settings: SettingsService
  keys: ServiceKeys
  environments: EnvironmentService
  library: Library
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
export function createLabels(domain: LabelsNeeds): Labels {
  const { home, store, events, settings, keys, environments, library } = domain
  const bases = createBases(store, events, {
    state: (base) => stateOf(jobs.list(base), engine.failure(base), engine.model(base) !== undefined),
    waiting: (base) => review.waiting(base),
    model: (base) => engine.model(base),
    embedder: (base) => engine.embedder(base),
    suspicions: (base) => engine.suspicions(base),
  })
  const server = embedderServer(home, environments)
  const embedding = createEmbedding({ store, settings, keys, server })
  const embedderOf = (base: string): string => engine.embedderOf(base)
  const milvus = new Milvus({ settings, keys, server: milvusServer(home, environments) })
  const search = new VectorSearch({ store, bases, embedding, settings, milvus, embedderOf })
  const engine = new RankingEngine({
    store,
    database: home.database,
    bases,
    embedding,
    classic: createClassic({ store, bases, embedding, search, embedderOf }),
    candidates: createCandidates(bases, search),
    needs: (base, work) => {
      // What is asked for already is not asked for twice.
      if (jobs.list(base).some((job) => isOpen(job) && (job.kind === 'embed' || job.kind === 'learn'))) return
      jobs
        .start(base, work, base, {})
        .catch((error: unknown) => console.error('a base could not begin to learn', error))
    },
  })
  const jobs = new Jobs(
    { store, events, onState: (base) => bases.catalog.tellState(base) },
    labelWorks({ bases, engine, embedding, model: () => languageModel(settings, keys) }),
  )
  const requests = new JobRequests(bases, jobs, library)
  const review = new Review(store, bases)
  return {
    routes(app) {
      registerBaseRoutes(app, bases)
      registerEngineRoutes(app, engine)
      registerJobRoutes(app, jobs, requests)
      registerReviewRoutes(app, review, { store, bases, library, staging: home.staging })
    },
    async recover() {
      for (const base of await bases.catalog.purge()) engine.forget(base)
      jobs.recover()
    },
    active: () => jobs.active(),
    async close() {
      await jobs.close()
      await engine.close()
      await search.close()
      await embedding.close()
    },
  }
}

/** `answers`: there is a model that answers meanwhile. */
function stateOf(jobs: readonly LabelJob[], error: ErrorBody | undefined, answers: boolean): BaseState | undefined {
  const working = jobs.find((job) => isOpen(job) && job.kind !== 'label')
  if (working) return { state: 'working', job: working.id, answers }
  return error && { state: 'failed', error, answers }
}

const isOpen = ({ state }: LabelJob): boolean => state === 'waiting' || state === 'running'

function languageModel(settings: SettingsService, keys: ServiceKeys): LanguageModel | undefined {
  const { llm } = settings.get()
  return llm.url === '' || llm.model === '' ? undefined : { ...llm, key: keys.get('llm', llm.url) }
}
