import { factor, solve } from './cholesky.ts'
import { DenseRows } from './dense-rows.ts'
import { denseKernel } from './dense-vectors.ts'
import { GRAM_BUCKETS } from './grams.ts'
import type { Neighbour } from './reference-index.ts'

/** Ridge of a reference of full trust; one of trust t has this divided by t. */
const RIDGE = 0.1

/** References that speak for a text and how much each of them does: shares of a kernel ridge regression. */
export interface Speakers {
  neighbours: readonly Neighbour[]
  /** Whatever is regressed (a label, a name's vector) is the sum of share × the reference's value. Can be negative. */
  shares: Float64Array
}

/** The regression on the neighbours of one text. */
export class Neighbourhood {
  readonly #neighbours: readonly Neighbour[]
  readonly #lower: Float64Array

  /** Throws nothing: a ridge on the diagonal keeps the kernel positive definite. */
  constructor(neighbours: readonly Neighbour[]) {
    this.#neighbours = neighbours
    this.#lower = kernelMatrix(neighbours)
    factor(this.#lower, neighbours.length)
  }

  /** All neighbours speak. */
  speakers(): Speakers {
    const shares = Float64Array.from(this.#neighbours, (neighbour) => neighbour.likeness)
    solve(this.#lower, shares.length, shares)
    return { neighbours: this.#neighbours, shares }
  }

  /**
   * As if the neighbours in `out` were not in the base, for a text that is itself the neighbour `self` (a member of `out`).
   * Closed form: minus the row of `self` of (A_out,out)⁻¹ A_out,rest, where A is the inverse of the kernel matrix.
   */
  speakersWithout(self: number, out: readonly number[]): Speakers {
    const n = this.#neighbours.length
    const rows = out.map((at) => {
      const row = new Float64Array(n)
      row[at] = 1
      solve(this.#lower, n, row)
      return row
    })
    const m = out.length
    const inner = new Float64Array(m * m)
    rows.forEach((row, i) => {
      out.forEach((at, j) => {
        inner[i * m + j] = row[at] as number
      })
    })
    factor(inner, m)
    const weights = new Float64Array(m)
    weights[out.indexOf(self)] = 1
    solve(inner, m, weights)
    const dropped = new Set(out)
    const neighbours: Neighbour[] = []
    const shares: number[] = []
    for (let at = 0; at < n; at++) {
      if (dropped.has(at)) continue
      neighbours.push(this.#neighbours[at] as Neighbour)
      shares.push(-rows.reduce((sum, row, i) => sum + (weights[i] as number) * (row[at] as number), 0))
    }
    return { neighbours, shares: Float64Array.from(shares) }
  }
}

/** Rows that every neighbourhood of this dimension writes anew. */
const scratch = new Map<number, DenseRows>()

function scratchOf(dimension: number): DenseRows {
  const known = scratch.get(dimension)
  if (known) return known
  const rows = new DenseRows(dimension)
  scratch.set(dimension, rows)
  return rows
}

/** Lower half of the kernel between the neighbours, with the ridge of each on the diagonal. */
function kernelMatrix(neighbours: readonly Neighbour[]): Float64Array {
  const n = neighbours.length
  const matrix = new Float64Array(n * n)
  addSparse(matrix, neighbours)
  const rows = scratchOf(neighbours[0]?.reference.dense.length ?? 0)
  for (let i = 0; i < n; i++) {
    const { dense, trust } = (neighbours[i] as Neighbour).reference
    const cosines = rows.dots(dense, i)
    const row = i * n
    for (let j = 0; j < i; j++) matrix[row + j] = (matrix[row + j] as number) + denseKernel(cosines[j] as number)
    matrix[row + i] = 1 + RIDGE / trust
    rows.set(i, dense)
  }
  return matrix
}

/** For each gram bucket the number it has among the grams of one neighbourhood, plus 1; all 0 between two uses. */
const numbers = new Int32Array(GRAM_BUCKETS)

/** Sparse kernels of all pairs. The grams are numbered anew, so that the row being compared fits into the nearest cache. */
function addSparse(matrix: Float64Array, neighbours: readonly Neighbour[]): void {
  const n = neighbours.length
  let used = 0
  const rows = neighbours.map(({ reference: { sparse } }) => {
    const own = new Int32Array(sparse.ids.length)
    for (let at = 0; at < own.length; at++) {
      const id = sparse.ids[at] as number
      if (numbers[id] === 0) numbers[id] = ++used
      own[at] = numbers[id] as number
    }
    return { own, values: sparse.values }
  })
  const spread = new Float64Array(used + 1)
  for (let i = 0; i < n; i++) {
    const { own, values } = rows[i] as { own: Int32Array; values: Float32Array }
    for (let at = 0; at < own.length; at++) spread[own[at] as number] = values[at] as number
    for (let j = 0; j < i; j++)
      matrix[i * n + j] = gathered(spread, rows[j] as { own: Int32Array; values: Float32Array })
    for (const number of own) spread[number] = 0
  }
  for (const { reference } of neighbours) for (const id of reference.sparse.ids) numbers[id] = 0
}

function gathered(spread: Float64Array, { own, values }: { own: Int32Array; values: Float32Array }): number {
  let even = 0
  let odd = 0
  let at = 0
  for (; at + 1 < own.length; at += 2) {
    even += (spread[own[at] as number] as number) * (values[at] as number)
    odd += (spread[own[at + 1] as number] as number) * (values[at + 1] as number)
  }
  if (at < own.length) even += (spread[own[at] as number] as number) * (values[at] as number)
  return even + odd
}
