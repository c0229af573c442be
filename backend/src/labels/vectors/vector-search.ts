import { SecxopsError } from '@secxops/protocol/errors'
import type { ClassicFilter } from '../ranking/classic.ts'
import { BaseIndex, type BaseIndexNeeds, type FillProgress } from './base-index.ts'
import type { Collection, CollectionHit } from './collection.ts'
import type { CollectionShape } from './collection-shape.ts'
import type { Connection } from './milvus.ts'

/** A collection that answers for one version of its base. */
interface Current {
  collection: Collection
  version: number
  /** Server and shape that it was made for. */
  key: string
}

interface Update {
  through: Promise<Current>
  /** Resolves when it is known that it takes long. */
  long: Promise<void>
  progress: FillProgress
}

/** Rows that a question waits for. */
const WAITED_FOR = 2000

/** Searches the references of bases in Milvus. A collection is made and brought up to date by the first search that needs it. */
export class VectorSearch {
  readonly #needs: BaseIndexNeeds
  readonly #indexes = new Map<string, BaseIndex>()
  readonly #current = new Map<string, Current>()
  readonly #updates = new Map<string, Update>()
  /** Milvus Lite loses acknowledged rows with two writers at once. */
  #writes: Promise<unknown> = Promise.resolve()

  constructor(needs: BaseIndexNeeds) {
    this.#needs = needs
    needs.bases.onChange((change) => this.#indexes.get(change.base)?.note(change))
  }

  /**
   * The references nearest to a vector, within the values of the first levels. Rejects with unavailable when Milvus does not answer, and
   * while it is filled with many references; then it says how far that is.
   */
  async search(
    base: string,
    vector: Float32Array,
    count: number,
    filter: ClassicFilter = [],
    signal?: AbortSignal,
  ): Promise<CollectionHit[]> {
    const { milvus, settings } = this.#needs
    const run = async (): Promise<CollectionHit[]> => {
      const { collection } = await this.#ready(base)
      return milvus.use(
        (connection) => collection.search(connection, vector, count, settings.get().milvus.ef, filter),
        signal,
      )
    }
    const known = this.#current.get(base)
    try {
      return await run()
    } catch (error) {
      signal?.throwIfAborted()
      // A server that was started anew has to load its collections, and one that lost them to be filled: once more, from the beginning.
      if (!known || this.#current.get(base) !== known) throw error
      this.#current.delete(base)
      return run()
    }
  }

  /** Resolves when the collection of a base answers for its version, however long that takes. */
  async fill(base: string): Promise<void> {
    for (;;) {
      const update = await this.#update(base)
      if (!update) return
      await update.through
    }
  }

  async close(): Promise<void> {
    await this.#needs.milvus.close()
  }

  async #ready(base: string): Promise<Current> {
    for (;;) {
      const update = await this.#update(base)
      if (!update) return this.#current.get(base) as Current
      const current = await Promise.race([update.through, update.long])
      if (!current) throw filling(base, update.progress)
    }
  }

  /** The update that has to end first; undefined when the collection is as it should be. */
  async #update(base: string): Promise<Update | undefined> {
    const going = this.#updates.get(base)
    if (going) return going
    const index = this.#indexes.get(base) ?? new BaseIndex(base, this.#needs)
    this.#indexes.set(base, index)
    const shape = await index.shape()
    const current = this.#current.get(base)
    if (current?.version === this.#needs.bases.version(base) && current.key === this.#keyOf(shape)) return undefined
    return this.#updates.get(base) ?? this.#begin(base, index, shape)
  }

  #begin(base: string, index: BaseIndex, shape: CollectionShape): Update {
    const long = Promise.withResolvers<void>()
    const progress: FillProgress = { done: 0, total: 0 }
    const key = this.#keyOf(shape)
    const work = async (connection: Connection): Promise<Current> => {
      const updated = await index.update(connection, shape, ({ done, total }) => {
        Object.assign(progress, { done, total })
        if (total > WAITED_FOR) long.resolve()
      })
      return { ...updated, key }
    }
    const through = this.#writes
      .then(() => this.#needs.milvus.use(work))
      .then((current) => {
        this.#current.set(base, current)
        return current
      })
      .finally(() => this.#updates.delete(base))
    const update: Update = { through, long: long.promise, progress }
    this.#updates.set(base, update)
    this.#writes = through.catch(() => undefined)
    return update
  }

  #keyOf(shape: CollectionShape): string {
    return JSON.stringify([this.#needs.milvus.address, shape])
  }
}

const filling = (base: string, { done, total }: FillProgress): SecxopsError =>
  new SecxopsError({
    code: 'unavailable',
    message: `Milvus is being filled with the references of ${base}: ${done} of ${total} so far. Ask again in a while; the strategy "fused" answers without it.`,
  })
