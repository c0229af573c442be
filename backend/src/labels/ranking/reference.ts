import type { TextGrams } from './text-features.ts'

/** A text that a label is known of. */
export interface Reference {
  /** Unique in the base; ties are broken by it, so it must not depend on the order of arrival. */
  id: string
  text: string
  /** From the broadest label to the leaf. */
  path: readonly string[]
  /** Embedding of `normalised(text)`, with the same model and prefix for every text of the base. */
  vector: Float32Array
  /** In (0, 1]: 1 accepted by a human, less for machine-made texts. */
  trust: number
  /** What `textGrams(text)` gives, where it was kept; else it is counted. */
  grams?: TextGrams
}

export function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
