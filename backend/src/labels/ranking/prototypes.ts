import { inverse } from './cholesky.ts'
import { DenseRows } from './dense-rows.ts'
import { dot } from './dense-vectors.ts'
import { byId } from './reference.ts'
import type { IndexedReference } from './reference-index.ts'

/** How far the covariance inside the leaves is drawn to a sphere: few references say little of 384 directions. */
const SHRINK = 0.3

/**
 * The metric in which the spread inside the leaves is even: the inverse of the shrunk covariance (dimension²). It is the
 * sphere where no leaf has two references. Costs O(references × dimension² + dimension³).
 */
export function insideMetric(references: readonly IndexedReference[], dimension: number): Float64Array {
  const byLeaf = new Map<number, IndexedReference[]>()
  for (const reference of references) {
    const members = byLeaf.get(reference.leaf)
    if (members) members.push(reference)
    else byLeaf.set(reference.leaf, [reference])
  }
  const spread = products(offsetColumns([...byLeaf.values()], references.length, dimension), dimension)
  const freedom = Math.max(1, references.length - byLeaf.size)
  let trace = 0
  for (let i = 0; i < dimension; i++) trace += (spread[i * dimension + i] as number) / freedom
  const sphere = trace > 0 ? (SHRINK * trace) / dimension : 1
  for (let at = 0; at < spread.length; at++) spread[at] = ((spread[at] as number) * (1 - SHRINK)) / freedom
  for (let i = 0; i < dimension; i++) spread[i * dimension + i] = (spread[i * dimension + i] as number) + sphere
  return inverse(spread, dimension)
}

/** For each dimension how far every reference is off the mean of its leaf. */
function offsetColumns(leaves: readonly IndexedReference[][], total: number, dimension: number): Float32Array[] {
  const columns = Array.from({ length: dimension }, () => new Float32Array(total))
  let row = 0
  for (const members of leaves) {
    const mean = meanOf(members, dimension)
    for (const { dense } of members) {
      for (let i = 0; i < dimension; i++) (columns[i] as Float32Array)[row] = (dense[i] as number) - (mean[i] as number)
      row++
    }
  }
  return columns
}

/** Products of all pairs of columns, lower half. */
function products(columns: readonly Float32Array[], dimension: number): Float64Array {
  const rows = new DenseRows(columns[0]?.length ?? 0)
  rows.reserve(dimension)
  const out = new Float64Array(dimension * dimension)
  columns.forEach((column, i) => {
    rows.set(i, column)
    out.set(rows.dots(column, i + 1), i * dimension)
  })
  return out
}

/** Linear discriminants: how near a text is to the prototype (mean) of every class of leaves, in the metric of the base. */
export class Prototypes {
  readonly #classOf: Int32Array
  readonly #metric: DenseRows
  readonly #dimension: number
  readonly #members: Map<string, IndexedReference>[]
  readonly #stale: Set<number>
  /** Row by row: metric × mean of the class. */
  readonly #directions: DenseRows
  /** ½ meanᵀ metric mean; not finite where a class has no member. */
  readonly #offsets: Float64Array

  /** `classOf`: class of each leaf. */
  constructor(
    classOf: Int32Array,
    classes: number,
    metric: Float64Array,
    dimension: number,
    references: Iterable<IndexedReference>,
  ) {
    this.#classOf = classOf
    this.#metric = new DenseRows(dimension)
    this.#metric.reserve(dimension)
    for (let i = 0; i < dimension; i++)
      this.#metric.set(i, Float32Array.from(metric.subarray(i * dimension, (i + 1) * dimension)))
    this.#dimension = dimension
    this.#members = Array.from({ length: classes }, () => new Map())
    this.#stale = new Set(this.#members.keys())
    this.#directions = new DenseRows(dimension)
    this.#directions.reserve(classes)
    this.#offsets = new Float64Array(classes)
    for (const reference of references) this.add(reference)
  }

  /** Adds a reference or replaces the one with its id and leaf. */
  add(reference: IndexedReference): void {
    const c = this.#classOf[reference.leaf] as number
    this.#members[c]?.set(reference.id, reference)
    this.#stale.add(c)
  }

  remove({ id, leaf }: { id: string; leaf: number }): void {
    const c = this.#classOf[leaf] as number
    if (this.#members[c]?.delete(id)) this.#stale.add(c)
  }

  /** Score of every class for a point; a class without members gets the lowest score of the others. */
  scores(point: Float32Array): Float64Array {
    for (const c of this.#stale) this.#refresh(c)
    this.#stale.clear()
    const products = this.#directions.dots(point, this.#offsets.length)
    const scores = this.#offsets.map((offset, c) => (products[c] as number) - offset)
    const lowest = scores.reduce(
      (least, score) => (score > Number.NEGATIVE_INFINITY && score < least ? score : least),
      Infinity,
    )
    const floor = Number.isFinite(lowest) ? lowest : 0
    return scores.map((score) => (Number.isFinite(score) ? score : floor))
  }

  #refresh(c: number): void {
    // Summed in the order of the ids, so that the order of arrival leaves no trace.
    const members = [...(this.#members[c]?.values() ?? [])].sort(byId)
    if (members.length === 0) {
      this.#offsets[c] = Number.POSITIVE_INFINITY
      return
    }
    const mean = Float32Array.from(meanOf(members, this.#dimension))
    const direction = this.#metric.dots(mean, this.#dimension)
    this.#directions.set(c, direction)
    this.#offsets[c] = dot(direction, mean) / 2
  }
}

function meanOf(members: readonly IndexedReference[], dimension: number): Float64Array {
  const mean = new Float64Array(dimension)
  for (const { dense } of members)
    for (let i = 0; i < dimension; i++) mean[i] = (mean[i] as number) + (dense[i] as number) / members.length
  return mean
}
