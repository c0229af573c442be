import { characterGrams, GRAM_BUCKETS, type GramCounts, wordGrams } from './grams.ts'
import { textViews } from './text-views.ts'

/** Shares of the kernel; they sum to 1. */
export const KERNEL_SHARES = { dense: 0.435, characters: 0.305, words: 0.26 }

/** Ascending ids; the values are scaled so that the dot product of two vectors is the sparse part of the kernel. */
export interface SparseVector {
  ids: Uint32Array
  values: Float32Array
  /** What the grams that no text of the base has would add to the sum of the squared values. */
  unseen: number
}

/** What was counted in a text, before any statistics of a base. */
export interface TextGrams {
  characters: GramCounts
  words: GramCounts
}

export function textGrams(raw: string): TextGrams {
  const views = textViews(raw)
  return { characters: characterGrams(views.masked), words: wordGrams(views.plain) }
}

/** A gram that more texts than this share have says nothing, and costs the most. In small bases, more than {@link COMMON_LEAST} texts. */
const COMMON_SHARE = 0.2
const COMMON_LEAST = 20

/** In how many of `total` texts each bucket occurs. */
export interface GramFrequencies {
  seen: Float32Array
  total: number
}

export function gramFrequencies(texts: Iterable<TextGrams>): GramFrequencies {
  const seen = new Float32Array(GRAM_BUCKETS)
  let total = 0
  for (const { characters, words } of texts) {
    total++
    for (const id of characters.ids) seen[id] = (seen[id] as number) + 1
    for (const id of words.ids) seen[id] = (seen[id] as number) + 1
  }
  return { seen, total }
}

/**
 * Inverse document frequency by the number of texts, of `total`, that have a gram: 0 where these are too many; negative, as of one
 * text, where none has.
 */
export function inverseFrequencyTable(total: number): Float32Array {
  const most = Math.max(COMMON_LEAST, total * COMMON_SHARE)
  return Float32Array.from({ length: total + 1 }, (_, count) => {
    if (count > most) return 0
    const value = Math.log((1 + total) / (1 + Math.max(1, count))) + 1
    return count === 0 ? -value : value
  })
}

/** Of every bucket; see {@link inverseFrequencyTable}. */
export function inverseFrequencies({ seen, total }: GramFrequencies): Float32Array {
  const table = inverseFrequencyTable(total)
  return seen.map((count) => table[count] as number)
}

/** Weights (1 + ln count) × idf, each of the two views of length √share. */
export function sparseVector(grams: TextGrams, idf: Float32Array): SparseVector {
  const most = grams.characters.ids.length + grams.words.ids.length
  const ids = new Uint32Array(most)
  const values = new Float32Array(most)
  let used = 0
  let unseen = 0
  for (const [counts, share] of [
    [grams.characters, KERNEL_SHARES.characters],
    [grams.words, KERNEL_SHARES.words],
  ] as const) {
    const from = used
    let squares = 0
    let missing = 0
    for (let at = 0; at < counts.ids.length; at++) {
      const id = counts.ids[at] as number
      const count = counts.counts[at] as number
      const rarity = idf[id] as number
      const value = count === 1 ? rarity : (1 + Math.log(count)) * rarity
      if (value < 0) missing += value * value
      if (value <= 0) continue
      ids[used] = id
      values[used++] = value
      squares += value * value
    }
    const scale = squares > 0 ? Math.sqrt(share / squares) : 0
    for (let at = from; at < used; at++) values[at] = (values[at] as number) * scale
    if (missing > 0) unseen += squares > 0 ? missing * scale * scale : share
  }
  return { ids: ids.slice(0, used), values: values.slice(0, used), unseen }
}

export function sparseDot(a: SparseVector, b: SparseVector): number {
  let sum = 0
  let i = 0
  let j = 0
  while (i < a.ids.length && j < b.ids.length) {
    const left = a.ids[i] as number
    const right = b.ids[j] as number
    if (left === right) sum += (a.values[i++] as number) * (b.values[j++] as number)
    else if (left < right) i++
    else j++
  }
  return sum
}
