import type { Settings } from '@secxops/protocol/api'
import type { ClassicFilter, ClassicHit } from '../ranking/classic.ts'
import {
  type CollectionRow,
  type CollectionShape,
  levelField,
  NAME_BYTES,
  pathOf,
  similarityOf,
  TEXT_BYTES,
} from './collection-shape.ts'
import { filterOf } from './filter.ts'
import { type Connection, checked, PATIENCE } from './milvus.ts'

/** Rows of one call. */
const BATCH = 1000
/** Rows of one page; Milvus gives no more than 16,384 at once. */
const PAGE = 8192

/** A found reference. */
export interface CollectionHit extends ClassicHit {
  id: string
  text: string
}

/** One collection of Milvus: an index that can be thrown away and filled again. */
export class Collection {
  readonly #name: string
  readonly #shape: CollectionShape

  constructor(name: string, shape: CollectionShape) {
    this.#name = name
    this.#shape = shape
  }

  async exists({ client }: Connection): Promise<boolean> {
    return Boolean(checked(await client.hasCollection({ collection_name: this.#name })).value)
  }

  async drop({ client }: Connection): Promise<void> {
    checked(await client.dropCollection({ collection_name: this.#name }))
  }

  /** Index and load come before the rows: both are quick on an empty collection, and slow on a full one. */
  async create(connection: Connection): Promise<void> {
    const { client, sdk } = connection
    const { DataType } = sdk
    const name = (field: string, bytes: number) => ({ name: field, data_type: DataType.VarChar, max_length: bytes })
    const { dimension, levels, metric, m, efConstruction } = this.#shape
    checked(
      await client.createCollection({
        collection_name: this.#name,
        // What was written must be found by the next search.
        consistency_level: 'Strong',
        fields: [
          { ...name('id', 64), is_primary_key: true, autoID: false },
          name('text', TEXT_BYTES),
          { name: 'vector', data_type: DataType.FloatVector, dim: dimension },
          ...Array.from({ length: levels }, (_, level) => name(levelField(level), NAME_BYTES)),
          { name: 'confidence', data_type: DataType.Float },
          name('stamp', 32),
        ],
      }),
    )
    checked(
      await client.createIndex({
        collection_name: this.#name,
        field_name: 'vector',
        index_type: 'HNSW',
        metric_type: metric,
        params: { M: m, efConstruction },
      }),
    )
    await this.load(connection)
  }

  /** After a restart of the server a collection answers only once it is loaded. */
  async load({ client }: Connection): Promise<void> {
    checked(await client.loadCollection({ collection_name: this.#name }))
  }

  /** Stamps of all rows by id. By offset: an iterator over string ids gives rows twice. */
  async stamps({ client }: Connection): Promise<Map<string, string>> {
    const stamps = new Map<string, string>()
    for (let offset = 0; ; offset += PAGE) {
      const { data } = checked(
        await client.query({
          collection_name: this.#name,
          filter: 'id != ""',
          output_fields: ['id', 'stamp'],
          limit: PAGE,
          offset,
        }),
      )
      for (const row of data) stamps.set(String(row.id), String(row.stamp))
      if (data.length < PAGE) return stamps
    }
  }

  /** New rows, and new contents of rows that are there. */
  async put({ client }: Connection, rows: readonly CollectionRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += BATCH)
      checked(await client.upsert({ collection_name: this.#name, data: rows.slice(at, at + BATCH), timeout: PATIENCE }))
  }

  async remove({ client, templates }: Connection, ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += BATCH) {
      const limit = filterOf([{ field: 'id', values: ids.slice(at, at + BATCH) }], templates)
      checked(
        await client.delete({
          collection_name: this.#name,
          filter: limit?.filter ?? '',
          ...(limit?.exprValues ? { exprValues: limit.exprValues } : {}),
        }),
      )
    }
  }

  /** Rows that are not flushed are searched slowly. */
  async flush({ client }: Connection): Promise<void> {
    checked(await client.flushSync({ collection_names: [this.#name] }))
  }

  /** The references nearest to a vector, nearest first; `filter`: values of the first levels. */
  async search(
    { client, templates }: Connection,
    vector: Float32Array,
    count: number,
    ef: Settings['milvus']['ef'],
    filter: ClassicFilter = [],
  ): Promise<CollectionHit[]> {
    const { levels, metric } = this.#shape
    const limit = filterOf(
      filter.map((values, level) => ({ field: levelField(level), values })),
      templates,
    )
    const { results } = checked(
      await client.search({
        collection_name: this.#name,
        anns_field: 'vector',
        data: [...vector],
        limit: count,
        metric_type: metric,
        params: { ef: Math.max(ef, count) },
        output_fields: ['id', 'text', 'confidence', ...Array.from({ length: levels }, (_, level) => levelField(level))],
        ...limit,
      }),
    )
    return results.map((row) => ({
      id: String(row.id),
      text: String(row.text),
      path: pathOf(row, levels),
      similarity: similarityOf(row.score, metric),
      confidence: Number(row.confidence),
    }))
  }
}
