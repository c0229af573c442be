import type { Embedding, ReferencesChanged } from '../services.ts'
import { BaseThread } from './base-thread.ts'
import { loadBase } from './load-base.ts'
import type { BaseSnapshot, RankedAnswers, WorkerCalls } from './worker-calls.ts'

/** A change with more references than this is not waited for: answers go on with the version before until they are embedded. */
const WAITED_FOR = 32
/** Texts that a question embeds itself; more is work for a job. */
const MOST_MISSING = 256

/** The ranking of one base as it was at one moment, kept up to date with what changes in its references. */
export class BaseRanking {
  /** Rejects with unavailable when it cannot be loaded. */
  readonly ready: Promise<void>
  /** Identity of the embedder that texts must be embedded with. */
  readonly embedder: string
  readonly #embedding: Embedding
  readonly #thread = new BaseThread()
  /** What was told so far, in its order. */
  #applied: Promise<void>
  #unapplied = 0
  #failed = false
  #asking = 0
  #closing = false

  constructor(snapshot: BaseSnapshot, embedding: Embedding) {
    this.embedder = snapshot.embedder
    this.#embedding = embedding
    this.ready = this.#load(snapshot)
    this.#applied = this.ready.catch(() => {
      this.#failed = true
    })
  }

  /** True when it cannot answer (any more), and another one is to be made. */
  get broken(): boolean {
    return this.#failed || this.#thread.ended
  }

  apply({ version, added, removed }: ReferencesChanged): void {
    this.#unapplied += added.length
    this.#applied = this.#applied.then(async () => {
      if (this.broken) return
      const texts = added.map(({ text }) => text)
      try {
        const vectors = await this.#embedding.vectors(texts, { embedder: this.embedder })
        await this.#thread.call('change', {
          version,
          added: added.map((reference, i) => ({ ...reference, vector: vectors[i] as Float32Array })),
          removed,
        })
      } catch {
        // Whoever asks next has it loaded afresh, and is told what is wrong if that fails.
        this.#failed = true
      } finally {
        this.#unapplied -= added.length
      }
    })
  }

  answer(texts: WorkerCalls['answer'][0]['texts']): Promise<RankedAnswers> {
    return this.#ask(() => this.#thread.call('answer', { texts }))
  }

  suspicions(from: number, count: number): Promise<WorkerCalls['suspicions'][1]> {
    return this.#ask(() => this.#thread.call('suspicions', { from, count }))
  }

  /** Lets it go once what was asked is answered. */
  async close(): Promise<void> {
    this.#closing = true
    if (this.#asking === 0) await this.#thread.close()
  }

  /** At once; what was asked is rejected. */
  end(): Promise<void> {
    return this.#thread.close()
  }

  async #load(snapshot: BaseSnapshot): Promise<void> {
    await loadBase(this.#thread, snapshot, this.#embedding, { most: MOST_MISSING })
    await this.#thread.call('build', null)
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    this.#asking++
    try {
      await this.ready
      if (this.#unapplied <= WAITED_FOR) await this.#applied
      return await work()
    } finally {
      this.#asking--
      if (this.#closing && this.#asking === 0) await this.#thread.close()
    }
  }
}
