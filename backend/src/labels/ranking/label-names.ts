import { DenseRows } from './dense-rows.ts'
import { centred, meanVector } from './dense-vectors.ts'
import { type LabelTree, nameWords } from './label-tree.ts'
import type { Statistics, TextPoint } from './statistics.ts'
import { sparseVector, textGrams } from './text-features.ts'

/** Embeddings of `nameWords(name)` by name. A name without one is compared by its letters only. */
export type NameVectors = ReadonlyMap<string, Float32Array>

/** The names of a tree as points. */
export interface NameSpace {
  /** `points[i]` belongs to `tree.names[i]`. */
  points: readonly TextPoint[]
  /** Cosine of a centred vector with every name; overwritten by the next call. */
  cosines(dense: Float32Array): Float32Array
}

export function nameSpace(tree: LabelTree, vectors: NameVectors, statistics: Statistics): NameSpace {
  const dimension = statistics.mean.length
  const known = tree.names.map((name) => vectors.get(name)).filter((vector) => vector !== undefined)
  const mean = meanVector(known, dimension)
  const rows = new DenseRows(dimension)
  const points = tree.names.map((name, i) => {
    const vector = vectors.get(name)
    const dense = vector ? centred(vector, mean) : new Float32Array(dimension)
    rows.set(i, dense)
    return { dense, sparse: sparseVector(textGrams(nameWords(name)), statistics.idf) }
  })
  return { points, cosines: (dense) => rows.dots(dense, points.length) }
}
