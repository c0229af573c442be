import { centred, dot, meanVector } from './dense-vectors.ts'
import { type LabelTree, nameWords } from './label-tree.ts'
import type { Statistics, TextPoint } from './statistics.ts'
import { sparseVector, textGrams } from './text-features.ts'

/** Embeddings of `nameWords(name)` by name. A name without one is compared by its letters only. */
export type NameVectors = ReadonlyMap<string, Float32Array>

/** The names of a tree as points; `points[i]` belongs to `tree.names[i]`. */
export function namePoints(tree: LabelTree, vectors: NameVectors, statistics: Statistics): TextPoint[] {
  const dimension = statistics.mean.length
  const known = tree.names.map((name) => vectors.get(name)).filter((vector) => vector !== undefined)
  const mean = meanVector(known, dimension)
  return tree.names.map((name) => {
    const vector = vectors.get(name)
    return {
      dense: vector ? centred(vector, mean) : new Float32Array(dimension),
      sparse: sparseVector(textGrams(nameWords(name)), statistics.idf),
    }
  })
}

/** Cosine of the point with every name. */
export function nameCosines(points: readonly TextPoint[], dense: Float32Array): Float64Array {
  return Float64Array.from(points, (point) => dot(point.dense, dense))
}
