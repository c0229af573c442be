import type { Embedding, ReferencesChanged } from '../services.ts'
import { BaseRanking } from './base-ranking.ts'
import type { BaseSnapshot } from './worker-calls.ts'

interface OpenBase {
  ranking: BaseRanking
  /** Its tree has changed since: it answers only while no newer one can be made. */
  outdated: boolean
  /** Gets ready to take the place of `ranking`. */
  next?: BaseRanking
  idle?: NodeJS.Timeout
}

/** Bases in memory at once. */
const MOST = 3
/** Milliseconds without a question after which a base leaves memory. */
const IDLE = 10 * 60_000

/** The bases that are in memory: opened by the first question, renewed when their tree or model changes. */
export class OpenBases {
  readonly #snapshot: (base: string) => BaseSnapshot
  readonly #embedding: Embedding
  readonly #idle: number
  /** The one that was asked last comes last. */
  readonly #open = new Map<string, OpenBase>()

  /** `snapshot` throws for a base that cannot answer. */
  constructor(snapshot: (base: string) => BaseSnapshot, embedding: Embedding, idle = IDLE) {
    this.#snapshot = snapshot
    this.#embedding = embedding
    this.#idle = idle
  }

  /** The ranking to ask. Rejects when the base cannot be loaded. */
  async ranking(base: string): Promise<BaseRanking> {
    const known = this.#open.get(base)
    if (known && !known.ranking.broken && !known.outdated) {
      this.#touch(base, known)
      return known.ranking
    }
    const ranking = new BaseRanking(this.#snapshot(base), this.#embedding)
    const fresh: OpenBase = { ranking, outdated: false }
    this.#touch(base, fresh)
    try {
      await ranking.ready
      void known?.ranking.close()
      return ranking
    } catch (error) {
      void ranking.end()
      if (this.#open.get(base) === fresh) this.#forget(base)
      if (!known || known.ranking.broken) throw error
      // What it knew before is better than nothing; the next question tries again.
      if (!this.#open.has(base)) this.#touch(base, known)
      return known.ranking
    }
  }

  apply(change: ReferencesChanged): void {
    const open = this.#open.get(change.base)
    if (!open) return
    if (change.tree) open.outdated = true
    else for (const ranking of [open.ranking, open.next]) ranking?.apply(change)
  }

  /** Puts a ranking with the newest model in the place of the one that answers meanwhile. */
  async renew(base: string): Promise<void> {
    const open = this.#open.get(base)
    if (!open || open.outdated) return
    const next = new BaseRanking(this.#snapshot(base), this.#embedding)
    open.next = next
    try {
      await next.ready
    } catch {
      // The one that answers goes on; the next opening takes the new model.
      void next.end()
      if (open.next === next) delete open.next
      return
    }
    if (this.#open.get(base) !== open || open.next !== next) {
      void next.end()
      return
    }
    delete open.next
    const before = open.ranking
    open.ranking = next
    void before.close()
  }

  async close(): Promise<void> {
    const all = [...this.#open.values()]
    for (const base of [...this.#open.keys()]) this.#forget(base)
    await Promise.all(all.flatMap(({ ranking, next }) => [ranking.end(), next?.end()]))
  }

  #touch(base: string, open: OpenBase): void {
    clearTimeout(this.#open.get(base)?.idle)
    clearTimeout(open.idle)
    this.#open.delete(base)
    this.#open.set(base, open)
    open.idle = setTimeout(() => this.#drop(base), this.#idle).unref()
    for (const other of this.#open.keys()) if (this.#open.size > MOST) this.#drop(other)
  }

  #drop(base: string): void {
    const open = this.#open.get(base)
    this.#forget(base)
    void open?.ranking.close()
    void open?.next?.close()
  }

  #forget(base: string): void {
    clearTimeout(this.#open.get(base)?.idle)
    this.#open.delete(base)
  }
}
