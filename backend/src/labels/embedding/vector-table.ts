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

export function readVector(db: DatabaseSync, embedder: number, text: string): Float32Array | undefined {
  const row = statement(db, 'SELECT vector FROM label_vectors WHERE embedder = ? AND text = ?').get(
    embedder,
    textHash(text),
  )
  return row && floatsOf(row.vector as Uint8Array)
}

export function keepVector(db: DatabaseSync, embedder: number, text: string, vector: Float32Array): void {
  statement(db, 'INSERT INTO label_vectors (embedder, text, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
    embedder,
    textHash(text),
    new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
  )
}

/** 32-bit floats from their bytes, wherever those begin. */
export function floatsOf(bytes: Uint8Array): Float32Array {
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2)
  return new Float32Array(bytes.slice().buffer)
}
