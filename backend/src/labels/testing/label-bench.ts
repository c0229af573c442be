import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabelJob, LabelPath, Suggestion } from '@secxops/protocol/labels'
import { openHome } from '../../home.ts'
import { createLibrary } from '../../library/library.ts'
import { libraryMigrations } from '../../library/migrations.ts'
import { createEvents } from '../../server/events.ts'
import type { Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import { type Bases, createBases } from '../bases/bases.ts'
import type { LanguageModel } from '../generation/generate.ts'
import { Jobs } from '../jobs/jobs.ts'
import { JobRequests } from '../jobs/requests.ts'
import { labelWorks } from '../jobs/works.ts'
import { labelMigrations } from '../migrations.ts'
import { textKey } from '../ranking/text-views.ts'
import { Review } from '../review/review.ts'
import { type SaveRequest, saveLabelling } from '../review/save.ts'
import type { Embedding, LabelEngine } from '../services.ts'

/** Texts that were asked about, in order. */
export interface Asked {
  texts: string[]
}

/** Bases, jobs and review over a home of their own; the ranking is {@link wordEngine}, so that only they are under test. */
export function labelBench(
  options: { root?: string; model?: LanguageModel; engine?: Partial<LabelEngine>; over?(store: Store): Store } = {},
) {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'secxops-labels-'))
  const home = openHome({ SECXOPS_HOME: join(root, 'home') })
  const files = join(root, 'files')
  mkdirSync(files, { recursive: true })
  const opened = openStore(home.database, 'next', [...libraryMigrations, ...labelMigrations])
  const store = options.over?.(opened) ?? opened
  const events = createEvents()
  const library = createLibrary(home, store, events)
  const bases = createBases(store, events, {
    state: () => undefined,
    waiting: (base) => review.waiting(base),
    model: () => undefined,
    embedder: () => ({ model: 'words' }),
    suspicions: async () => new Map(),
  })
  const asked: Asked = { texts: [] }
  const engine: LabelEngine = { ...wordEngine(bases, asked), ...options.engine }
  const jobs = new Jobs(
    { store, events, backOff: [1] },
    labelWorks({ bases, engine, embedding: noEmbedding, model: () => options.model }),
  )
  const review = new Review(store, bases)
  const requests = new JobRequests(bases, jobs, library)
  const idle = (): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (jobs.active() > 0) return
        stop()
        resolve()
      }
      const stop = events.subscribe(look)
      look()
    })
  return {
    root,
    bases,
    library,
    jobs,
    requests,
    review,
    asked,
    file(name: string, content: string): string {
      const path = join(files, name)
      writeFileSync(path, content)
      return path
    },
    path: (name: string) => join(files, name),
    save: (job: string, request: SaveRequest) =>
      saveLabelling({ store, bases, library, staging: home.staging }, job, request, new AbortController().signal),
    idle,
    /** Resolves with the job once it has ended and nothing of its base goes on. */
    done: async (job: LabelJob): Promise<LabelJob> => {
      await idle()
      return jobs.get(job.id)
    },
    async close(): Promise<void> {
      await jobs.close()
      await store.close()
    },
  }
}

export type LabelBench = ReturnType<typeof labelBench>

/** Answers with the label of the reference that shares most words, as sure as the share of words is. */
function wordEngine(bases: Bases, asked: Asked): LabelEngine {
  const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().split(/\W+/))
  const suggest = (base: string, text: string): Suggestion => {
    asked.texts.push(text)
    const words = wordsOf(text)
    const ranked = bases
      .references(base)
      .map(({ text: known, path }) => ({
        path,
        share: [...wordsOf(known)].filter((w) => words.has(w)).length / words.size,
      }))
      .sort((a, b) => b.share - a.share)
    const { path, share: confidence } = ranked[0] as { path: LabelPath; share: number }
    return {
      id: '',
      base,
      baseVersion: bases.version(base),
      model: 'words',
      strategy: 'fused',
      key: textKey(text),
      path,
      confidence,
      levelConfidence: path.map(() => confidence),
      state: 'leaf',
      sureLevels: path.length,
      known: 1,
      alternatives: [{ path, confidence }],
      why: [],
    }
  }
  return {
    suggest: async (base, text) => suggest(base, text),
    suggestAll: async (base, texts) => texts.map((text) => suggest(base, text)),
    learn: async () => undefined,
    suspicions: async () => new Map(),
    close: async () => undefined,
  }
}

const noEmbedding: Embedding = {
  identity: () => 'words',
  dimension: () => 1,
  doing: () => undefined,
  settled: async () => undefined,
  vectors: async (texts) => texts.map(() => new Float32Array(1)),
  known: (texts) => texts.map(() => undefined),
  close: async () => undefined,
}
