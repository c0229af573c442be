import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ErrorBody, SecxopsError } from '@secxops/protocol/errors'
import type { BaseDetail, Suggestion } from '@secxops/protocol/labels'
import type { Store } from '../../services.ts'
import { parseIdentity } from '../embedding/embedder-identity.ts'
import { normalised } from '../ranking/text-views.ts'
import type { Embedding, LabelBases, LabelEngine, ReferencesChanged } from '../services.ts'
import type { BaseRanking } from './base-ranking.ts'
import { BaseThread } from './base-thread.ts'
import { loadBase } from './load-base.ts'
import { fallBehind, findModel, keepModel } from './model-table.ts'
import { OpenBases } from './open-bases.ts'
import { neededWork } from './relearning.ts'
import { suggestionOf } from './suggestion.ts'
import { type SuspicionMap, Suspicions } from './suspicions.ts'
import type { BaseSnapshot } from './worker-calls.ts'

export interface EngineNeeds {
  store: Store
  /** Path of the database, which worker threads open for themselves. */
  database: string
  bases: LabelBases
  embedding: Embedding
  /** Answers of the published method, in the order of the texts. */
  classic(base: string, texts: readonly string[], signal?: AbortSignal): Promise<Suggestion[]>
  /** References that are looked at for a text; undefined: all. */
  candidates(base: string, vector: Float32Array): Promise<readonly string[] | undefined>
  /** A base should learn, or be embedded by another model first. */
  needs(base: string, work: 'embed' | 'learn'): void
  /** Milliseconds without a question after which a base leaves memory. */
  idle?: number
  /** Milliseconds without a change after which it is looked whether a base should learn. */
  calm?: number
}

interface PreparedQuestion {
  ranking: BaseRanking
  asked: Parameters<BaseRanking['answer']>[0]
}

/** Texts between two looks at what else was asked. */
const BATCH = 16
const CALM = 5000
/** Share of learning that embedding takes in its progress. */
const EMBEDDING_SHARE = 0.3

/** Answers texts from the bases: a worker thread for each base in use, and one for each that learns. */
export class RankingEngine implements LabelEngine {
  readonly #needs: EngineNeeds
  readonly #open: OpenBases
  readonly #suspicions: Suspicions
  readonly #failures = new Map<string, ErrorBody>()
  /** Bases that learn, with the references that changed since they began. */
  readonly #learning = new Map<string, { changed: number }>()
  readonly #calm = new Map<string, NodeJS.Timeout>()
  /** Embedder of the settings when a base was last asked. */
  readonly #looked = new Map<string, string>()
  readonly #closing = new AbortController()

  constructor(needs: EngineNeeds) {
    this.#needs = needs
    this.#open = new OpenBases((base) => this.#snapshot(base, this.embedderOf(base)), needs.embedding, needs.idle)
    this.#suspicions = new Suspicions((base) => this.#open.ranking(base))
    needs.bases.onChange((change) => this.#changed(change))
  }

  async suggest(
    base: string,
    text: string,
    options: Parameters<LabelEngine['suggestAll']>[2] = {},
  ): Promise<Suggestion> {
    const [suggestion] = await this.suggestAll(base, [text], options)
    return suggestion as Suggestion
  }

  async suggestAll(
    base: string,
    texts: readonly string[],
    { strategy, signal, progress }: Parameters<LabelEngine['suggestAll']>[2] = {},
  ): Promise<Suggestion[]> {
    const { bases, classic } = this.#needs
    const suggestions: Suggestion[] = []
    const published = (strategy ?? bases.strategy(base)) === 'classic'
    for (let at = 0; at < texts.length; at += BATCH) {
      signal?.throwIfAborted()
      const batch = texts.slice(at, at + BATCH)
      suggestions.push(...(await (published ? classic(base, batch, signal) : this.#fused(base, batch, signal))))
      progress?.(suggestions.length)
    }
    return suggestions
  }

  async learn(base: string, { signal, progress }: Parameters<LabelEngine['learn']>[1]): Promise<void> {
    const { store, embedding } = this.#needs
    const thread = new BaseThread()
    const stop = AbortSignal.any([signal, this.#closing.signal])
    const leave = (): void => void thread.close()
    stop.addEventListener('abort', leave, { once: true })
    const since = { changed: 0 }
    this.#learning.set(base, since)
    try {
      stop.throwIfAborted()
      const snapshot = this.#snapshot(base, embedding.identity())
      await loadBase(thread, snapshot, embedding, {
        signal: stop,
        progress: (part) => progress(part * EMBEDDING_SHARE),
      })
      progress(EMBEDDING_SHARE)
      const { model, leftOutRight } = await thread.call('learn', null)
      const { embedder } = snapshot
      await store.write((db) => keepModel(db, base, { bytes: model, embedder, leftOutRight, behind: since.changed }))
      await this.#open.renew(base)
      progress(1)
    } catch (error) {
      stop.throwIfAborted()
      throw error
    } finally {
      stop.removeEventListener('abort', leave)
      this.#learning.delete(base)
      await thread.close()
    }
  }

  async suspicions(base: string): Promise<SuspicionMap> {
    const { version, references } = this.#needs.bases.get(base)
    return references === 0 ? new Map() : this.#suspicions.of(base, version, references)
  }

  /** What `BaseDetail` tells of the model. */
  model(base: string): BaseDetail['model'] {
    const model = findModel(this.#needs.store.db, base)
    return (
      model && {
        version: model.version,
        madeAt: model.madeAt,
        leftOutRight: model.leftOutRight,
        behind: model.behind,
      }
    )
  }

  embedder(base: string): BaseDetail['embedder'] {
    const identity = this.embedderOf(base)
    const dimension = this.#needs.embedding.dimension(identity)
    return { model: parseIdentity(identity).model, ...(dimension === undefined ? {} : { dimension }) }
  }

  /** Identity of the embedder of a base: the one that its model was learnt with, until it has learnt with that of the settings. */
  embedderOf(base: string): string {
    return findModel(this.#needs.store.db, base)?.embedder ?? this.#needs.embedding.identity()
  }

  /** Why the base could not answer last time. */
  failure(base: string): ErrorBody | undefined {
    return this.#failures.get(base)
  }

  /** Removes what is kept of a base that is no more. */
  forget(base: string): void {
    rmSync(this.#gramFile(base), { force: true })
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('SecXOps is closing'))
    for (const timer of this.#calm.values()) clearTimeout(timer)
    await this.#open.close()
  }

  async #fused(base: string, texts: readonly string[], signal: AbortSignal | undefined): Promise<Suggestion[]> {
    const { bases } = this.#needs
    this.#lookOnce(base)
    try {
      const { ranking, asked } = await this.#prepared(base, texts, signal)
      const { answers, version, model } = await ranking.answer(asked)
      this.#failures.delete(base)
      return answers.map((answer, i) => {
        const text = texts[i] as string
        return suggestionOf(
          { base, baseVersion: version, model, strategy: 'fused' },
          text,
          answer,
          bases.decided(base, text),
        )
      })
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof SecxopsError && error.body.code !== 'bad-request') this.#failures.set(base, error.body)
      throw error
    }
  }

  /** The ranking to ask, and what. While texts are embedded another may take its place, even one of another embedder. */
  async #prepared(base: string, texts: readonly string[], signal: AbortSignal | undefined): Promise<PreparedQuestion> {
    const { embedding, candidates } = this.#needs
    for (let ranking = await this.#open.ranking(base); ; ) {
      const { embedder } = ranking
      const options = { embedder, asked: true, ...(signal ? { signal } : {}) }
      const vectors = await embedding.vectors(texts.map(embeddedText), options)
      const asked = await Promise.all(
        texts.map(async (text, i) => {
          const vector = vectors[i] as Float32Array
          const among = await candidates(base, vector)
          return { text, vector, ...(among ? { among } : {}) }
        }),
      )
      ranking = await this.#open.ranking(base)
      if (ranking.embedder === embedder && !ranking.broken) return { ranking, asked }
    }
  }

  #snapshot(base: string, embedder: string): BaseSnapshot {
    const { bases, database } = this.#needs
    const references = bases.references(base)
    if (references.length === 0)
      throw new SecxopsError({
        code: 'bad-request',
        message: `The reference base ${base} has no references yet, so it cannot suggest a label. Import some, or label this text yourself: it becomes the first.`,
      })
    return {
      database,
      grams: this.#gramFile(base),
      base,
      version: bases.version(base),
      embedder,
      references,
      leaves: bases.leaves(base),
    }
  }

  #gramFile(base: string): string {
    return join(dirname(this.#needs.database), 'labels', `${base}.grams`)
  }

  #changed(change: ReferencesChanged): void {
    const { base, added, removed } = change
    const count = added.length + removed.length
    this.#open.apply(change)
    const learning = this.#learning.get(base)
    if (learning) learning.changed += count
    // A count that a full disk keeps from being written only delays the learning.
    if (count > 0) this.#needs.store.write((db) => fallBehind(db, base, count)).catch(() => undefined)
    this.#look(base, this.#needs.calm ?? CALM)
  }

  /** The embedder of the settings may have changed since the base was used. */
  #lookOnce(base: string): void {
    const wanted = this.#needs.embedding.identity()
    if (this.#looked.get(base) === wanted) return
    this.#looked.set(base, wanted)
    this.#look(base, 0)
  }

  /** Looks a while after the last change whether the base should learn. */
  #look(base: string, after: number): void {
    clearTimeout(this.#calm.get(base))
    const timer = setTimeout(() => {
      this.#calm.delete(base)
      if (!this.#learning.has(base) && !this.#closing.signal.aborted) this.#lookNow(base)
    }, after)
    this.#calm.set(base, timer.unref())
  }

  #lookNow(base: string): void {
    const { bases, store, embedding, needs } = this.#needs
    try {
      const { references } = bases.get(base)
      const work = neededWork(findModel(store.db, base), references, embedding.identity())
      if (work) needs(base, work)
    } catch (error) {
      // The base was removed meanwhile.
      if (!(error instanceof SecxopsError)) throw error
    }
  }
}

/** What is embedded of a text: as it would be kept as a reference. */
const embeddedText = (text: string): string => normalised(text).trimEnd().toWellFormed()
