import type { Settings } from '@secxops/protocol/api'
import type { StoredReference } from '../services.ts'
import { wellFormed } from './filter.ts'
import { stampOf } from './row-stamp.ts'

/** What a collection was made for; another shape needs another collection. */
export interface CollectionShape {
  /** Identity of the embedder. */
  embedder: string
  dimension: number
  /** Fields for labels. */
  levels: number
  metric: Settings['milvus']['metric']
  m: number
  efConstruction: number
}

/** Longest texts in bytes: 500 characters of a text, 400 of a name, four bytes each. */
export const TEXT_BYTES = 2000
export const NAME_BYTES = 1600

const NAMED = ['category', 'subcategory', 'source_label', 'source_enum_value']

/** Field of a level, the broadest is 0. */
export const levelField = (level: number): string => NAMED[level] ?? `level_${level + 1}`

/** Fields for at least the four levels that have names. */
export const levelsOf = (depth: number): number => Math.max(NAMED.length, depth)

/** One row. A short path leaves the deeper levels empty. */
export interface CollectionRow {
  id: string
  text: string
  vector: number[]
  confidence: number
  /** Of path and trust: tells whether a row is up to date. */
  stamp: string
  [level: string]: string | number | number[]
}

export function rowOf({ id, text, path, trust }: StoredReference, vector: Float32Array, levels: number): CollectionRow {
  const names = Array.from(
    { length: levels },
    (_, level) => [levelField(level), wellFormed(path[level] ?? '')] as const,
  )
  return {
    id,
    text: wellFormed(text),
    vector: [...vector],
    confidence: trust,
    stamp: stampOf({ path, trust }),
    ...Object.fromEntries(names),
  }
}

/** Path of a row, without the levels that it leaves empty. */
export function pathOf(row: Readonly<Record<string, unknown>>, levels: number): string[] {
  const names = Array.from({ length: levels }, (_, level) => String(row[levelField(level)] ?? ''))
  const end = names.findLastIndex((name) => name !== '')
  return names.slice(0, end + 1)
}

/** Cosine of two vectors of length 1 from the score of a search. */
export function similarityOf(score: number, metric: CollectionShape['metric']): number {
  return metric === 'L2' ? 1 - score / 2 : score
}
