import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { statement } from '../../store/statement.ts'

/** Vectors in SQLite, by embedder and exact text. Reads work on any connection, so a worker thread has one of its own. */

/** Number of an embedder and, once it has answered, the length of its vectors. */
export interface KnownEmbedder {
  id: number
  dimension: number | undefined
}

/** What stands for a text in the table. */
export const textHash = (text: string): Uint8Array => createHash('sha256').update(text).digest().subarray(0, 16)

export function findEmbedder(db: DatabaseSync, identity: string): KnownEmbedder | undefined {
  const row = statement(db, 'SELECT id, dimension FROM label_embedders WHERE identity = ?').get(identity)
  return row && { id: Number(row.id), dimension: row.dimension === null ? undefined : Number(row.dimension) }
}

export function addEmbedder(db: DatabaseSync, identity: string, dimension: number): KnownEmbedder {
  statement(
    db,
    `INSERT INTO label_embedders (identity, dimension) VALUES (?, ?)
     ON CONFLICT (identity) DO UPDATE SET dimension = coalesce(dimension, excluded.dimension)`,
  ).run(identity, dimension)
  return findEmbedder(db, identity) as KnownEmbedder
}

/** A vector, and the day of the last question with its text; `used` is null where the text is more than a question. */
export interface KeptVector {
  vector: Float32Array
  used: number | null
}

export function findVector(db: DatabaseSync, embedder: number, text: string): KeptVector | undefined {
  const row = statement(db, 'SELECT vector, used FROM label_vectors WHERE embedder = ? AND text = ?').get(
    embedder,
    textHash(text),
  )
  return row && { vector: floatsOf(row.vector as Uint8Array), used: row.used === null ? null : Number(row.used) }
}

export const readVector = (db: DatabaseSync, embedder: number, text: string): Float32Array | undefined =>
  findVector(db, embedder, text)?.vector

export function keepVector(db: DatabaseSync, embedder: number, text: string, { vector, used }: KeptVector): void {
  statement(
    db,
    'INSERT INTO label_vectors (embedder, text, vector, used) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(embedder, textHash(text), new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), used)
}

/** Notes a question with a text, or with `used` null that it is more than one, which stays so. */
export function useVector(db: DatabaseSync, embedder: number, text: string, used: number | null): void {
  statement(db, 'UPDATE label_vectors SET used = ? WHERE embedder = ? AND text = ? AND used IS NOT NULL').run(
    used,
    embedder,
    textHash(text),
  )
}

/** Forgets the texts that were only asked, but for those that were asked last, `most` of them. */
export function forgetAsked(db: DatabaseSync, most: number): void {
  statement(
    db,
    `DELETE FROM label_vectors WHERE id IN (
       SELECT id FROM label_vectors WHERE used IS NOT NULL ORDER BY used DESC, id DESC LIMIT -1 OFFSET ?
     )`,
  ).run(most)
}

/** 32-bit floats from their bytes, wherever those begin. */
export function floatsOf(bytes: Uint8Array): Float32Array {
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2)
  return new Float32Array(bytes.slice().buffer)
}
