import { centred, meanVector } from './dense-vectors.ts'
import type { Reference } from './reference.ts'
import {
  gramFrequencies,
  inverseFrequencies,
  type SparseVector,
  sparseVector,
  type TextGrams,
  textGrams,
} from './text-features.ts'

/** What is known of a base as a whole; fixed when it is fitted, so that adding one reference moves no other. */
export interface Statistics {
  mean: Float32Array
  idf: Float32Array
}

/** A text in the space of a base. */
export interface TextPoint {
  dense: Float32Array
  sparse: SparseVector
}

/** `grams[i]` belongs to `references[i]`. The order of the references has no influence but for rounding: give them sorted. */
export function statisticsOf(references: readonly Reference[], grams: readonly TextGrams[]): Statistics {
  const dimension = references[0]?.vector.length ?? 0
  return {
    mean: meanVector(
      references.map((reference) => reference.vector),
      dimension,
    ),
    idf: inverseFrequencies(gramFrequencies(grams)),
  }
}

export function textPoint(text: string, vector: Float32Array, statistics: Statistics): TextPoint {
  return pointOf(textGrams(text), vector, statistics)
}

export function pointOf(grams: TextGrams, vector: Float32Array, statistics: Statistics): TextPoint {
  if (vector.length !== statistics.mean.length)
    throw new Error(
      `The text's embedding has ${vector.length} numbers, the references' have ${statistics.mean.length}: embed it with the model of the base`,
    )
  return { dense: centred(vector, statistics.mean), sparse: sparseVector(grams, statistics.idf) }
}
