import { randomBytes } from 'node:crypto'
import type { SettingsService, Store } from '../../services.ts'
import type { Embedding, LabelBases, ReferencesChanged, StoredReference } from '../services.ts'
import { Collection } from './collection.ts'
import { type CollectionShape, levelsOf, rowOf } from './collection-shape.ts'
import { findCollection, type KeptCollection, keepCollection } from './collection-table.ts'
import type { Connection, Milvus } from './milvus.ts'
import { stampOf } from './row-stamp.ts'

export interface BaseIndexNeeds {
  store: Store
  bases: LabelBases
  embedding: Embedding
  settings: Pick<SettingsService, 'get'>
  milvus: Milvus
  /** Identity of the embedder that a base answers with. */
  embedderOf(base: string): string
}

/** How far an update is. */
export interface FillProgress {
  done: number
  total: number
}

/** Rows that are embedded and written together. */
const BATCH = 1000
/** Rows that may stand unflushed: they are found, but slowly. */
const UNFLUSHED = 500

/** Keeps the collection of one base as its references are. SQLite is the truth; what is lost or out of date is filled from it. */
export class BaseIndex {
  readonly #base: string
  readonly #needs: BaseIndexNeeds
  /** What changed since the last update; undefined: it is not known, all rows are compared. */
  #changed: Map<string, StoredReference | undefined> | undefined
  #unflushed = 0

  constructor(base: string, needs: BaseIndexNeeds) {
    this.#base = base
    this.#needs = needs
  }

  note({ added, removed, tree }: ReferencesChanged): void {
    // A label that moved or got another name is in rows that no change names.
    if (tree) this.#changed = undefined
    for (const reference of added) this.#changed?.set(reference.id, reference)
    for (const id of removed) this.#changed?.set(id, undefined)
  }

  /** What the collection must be like now. */
  async shape(): Promise<CollectionShape> {
    const { bases, embedding, settings, embedderOf } = this.#needs
    const { metric, m, efConstruction } = settings.get().milvus
    const embedder = embedderOf(this.#base)
    const dimension = embedding.dimension(embedder) ?? (await this.#firstDimension(embedder))
    return { embedder, dimension, levels: levelsOf(bases.get(this.#base).depth), metric, m, efConstruction }
  }

  /** Brings the collection up to the base's version, which is answered. `progress` is called before the first row is written. */
  async update(
    connection: Connection,
    shape: CollectionShape,
    progress: (progress: FillProgress) => void,
  ): Promise<{ collection: Collection; version: number }> {
    const { bases } = this.#needs
    const kept = await this.#kept(connection, shape)
    const collection = new Collection(kept.name, shape)
    if (!(await collection.exists(connection))) {
      this.#changed = undefined
      await collection.create(connection)
    } else await collection.load(connection)

    // Taken in one turn, so that they belong together.
    const version = bases.version(this.#base)
    const references = bases.references(this.#base)
    const changed = this.#changed
    this.#changed = new Map()
    try {
      const { put, remove } = changed ? split(changed) : difference(references, await collection.stamps(connection))
      progress({ done: 0, total: put.length })
      await collection.remove(connection, remove)
      await this.#put(connection, collection, shape, put, progress)
      this.#unflushed += put.length
      if (this.#unflushed > UNFLUSHED) {
        await collection.flush(connection)
        this.#unflushed = 0
      }
    } catch (error) {
      this.#changed = undefined
      throw error
    }
    await this.#keep({ ...kept, version })
    return { collection, version }
  }

  /** The collection as it was left, or a new one where it must be of another shape or on another server. */
  async #kept(connection: Connection, shape: CollectionShape): Promise<KeptCollection> {
    const { store, milvus } = this.#needs
    const text = JSON.stringify(shape)
    const before = findCollection(store.db, this.#base)
    if (before?.server === milvus.address && before.shape === text) return before
    const fresh: KeptCollection = {
      server: milvus.address,
      // Of our own making: a server may be shared, and names of bases have letters that Milvus does not take.
      name: `secxops_${randomBytes(8).toString('hex')}`,
      shape: text,
      version: -1,
    }
    await this.#keep(fresh)
    this.#changed = undefined
    if (before?.server === fresh.server) {
      const old = new Collection(before.name, shape)
      if (await old.exists(connection)) await old.drop(connection)
    }
    return fresh
  }

  async #put(
    connection: Connection,
    collection: Collection,
    shape: CollectionShape,
    references: readonly StoredReference[],
    progress: (progress: FillProgress) => void,
  ): Promise<void> {
    for (let at = 0; at < references.length; at += BATCH) {
      const batch = references.slice(at, at + BATCH)
      const vectors = await this.#needs.embedding.vectors(
        batch.map(({ text }) => text),
        { embedder: shape.embedder },
      )
      await collection.put(
        connection,
        batch.map((reference, i) => rowOf(reference, vectors[i] as Float32Array, shape.levels)),
      )
      progress({ done: at + batch.length, total: references.length })
    }
  }

  async #firstDimension(embedder: string): Promise<number> {
    const [vector] = await this.#needs.embedding.vectors(['dimension'], { embedder })
    return (vector as Float32Array).length
  }

  #keep(collection: KeptCollection): Promise<void> {
    return this.#needs.store.write((db) => keepCollection(db, this.#base, collection))
  }
}

interface Difference {
  put: StoredReference[]
  remove: string[]
}

function split(changed: ReadonlyMap<string, StoredReference | undefined>): Difference {
  return {
    put: [...changed.values()].filter((reference) => reference !== undefined),
    remove: [...changed].flatMap(([id, reference]) => (reference ? [] : [id])),
  }
}

function difference(references: readonly StoredReference[], stamps: ReadonlyMap<string, string>): Difference {
  const ids = new Set(references.map(({ id }) => id))
  return {
    put: references.filter((reference) => stamps.get(reference.id) !== stampOf(reference)),
    remove: [...stamps.keys()].filter((id) => !ids.has(id)),
  }
}
