import { factor, solve } from './cholesky.ts'
import { DenseRows } from './dense-rows.ts'
import { denseKernel } from './dense-vectors.ts'
import type { Neighbour } from './reference-index.ts'

/** Ridge of a reference of full trust; one of trust t has this divided by t. */
export const RIDGE = 0.1
/** From this likeness on a reference is nearly the text: it speaks with its full weight however many its label has. */
const NEARLY_SAME = 0.9

/** References that speak for a text and how much each of them does: shares of a kernel ridge regression. */
export interface Shares {
  neighbours: readonly Neighbour[]
  /** Whatever is regressed (a label, a name's vector) is the sum of share × the reference's value. Can be negative. */
  shares: Float64Array
}

export interface Speakers extends Shares {
  /** Kernel between each neighbour and the neighbour most like it; 0 where there is no other. */
  mates: Float64Array
  /** The same among the neighbours of its own leaf. */
  ownMates: Float64Array
}

/** The regression on the neighbours of one text. */
export class Neighbourhood {
  readonly #neighbours: readonly Neighbour[]
  readonly #lower: Float64Array
  readonly #mates: Pick<Speakers, 'mates' | 'ownMates'>

  /** Throws nothing: a ridge on the diagonal keeps the kernel positive definite. */
  constructor(neighbours: readonly Neighbour[]) {
    this.#neighbours = neighbours
    this.#lower = kernelMatrix(neighbours)
    this.#mates = matesOf(neighbours, this.#lower)
    factor(this.#lower, neighbours.length)
  }

  /** All neighbours speak. */
  speakers(): Speakers {
    const shares = Float64Array.from(this.#neighbours, (neighbour) => neighbour.likeness)
    solve(this.#lower, shares.length, shares)
    return { neighbours: this.#neighbours, shares, ...this.#mates }
  }

  /**
   * As if the neighbours in `out` were not in the base, for a text that is itself the neighbour `self` (a member of `out`).
   * Closed form: minus the row of `self` of (A_out,out)⁻¹ A_out,rest, where A is the inverse of the kernel matrix.
   */
  speakersWithout(self: number, out: readonly number[]): Shares {
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
    const { reference, likeness } = neighbours[i] as Neighbour
    const { dense, trust, balance = 1 } = reference
    const cosines = rows.dots(dense, i)
    const row = i * n
    for (let j = 0; j < i; j++) matrix[row + j] = (matrix[row + j] as number) + denseKernel(cosines[j] as number)
    matrix[row + i] = 1 + RIDGE / (likeness >= NEARLY_SAME ? trust : trust * balance)
    rows.set(i, dense)
  }
  return matrix
}

/** `matrix`: lower half of the kernel between the neighbours. */
function matesOf(neighbours: readonly Neighbour[], matrix: Float64Array): Pick<Speakers, 'mates' | 'ownMates'> {
  const n = neighbours.length
  const mates = new Float64Array(n)
  const ownMates = new Float64Array(n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const kernel = matrix[i * n + j] as number
      if (kernel > (mates[i] as number)) mates[i] = kernel
      if (kernel > (mates[j] as number)) mates[j] = kernel
      if (neighbours[i]?.reference.leaf !== neighbours[j]?.reference.leaf) continue
      if (kernel > (ownMates[i] as number)) ownMates[i] = kernel
      if (kernel > (ownMates[j] as number)) ownMates[j] = kernel
    }
  return { mates, ownMates }
}

/** Adds the sparse kernels of all pairs, gram by gram: most grams are shared by few of the neighbours. */
function addSparse(matrix: Float64Array, neighbours: readonly Neighbour[]): void {
  const n = neighbours.length
  const { starts, rows, values } = gramLists(neighbours)
  for (let gram = 0; gram + 1 < starts.length; gram++) {
    const from = starts[gram] as number
    const end = starts[gram + 1] as number
    for (let at = from + 1; at < end; at++) {
      const row = (rows[at] as number) * n
      const value = values[at] as number
      for (let other = from; other < at; other++) {
        const place = row + (rows[other] as number)
        matrix[place] = (matrix[place] as number) + value * (values[other] as number)
      }
    }
  }
}

/** For each gram that a neighbour has, in the order of first sight, which neighbours have it (ascending) and its values there. */
function gramLists(neighbours: readonly Neighbour[]): { starts: Int32Array; rows: Uint16Array; values: Float32Array } {
  const total = neighbours.reduce((sum, { reference }) => sum + reference.sparse.ids.length, 0)
  const { grams, used } = numbered(neighbours, total)
  const starts = new Int32Array(used + 1)
  for (const gram of grams) starts[gram + 1] = (starts[gram + 1] as number) + 1
  for (let gram = 0; gram < used; gram++) starts[gram + 1] = (starts[gram + 1] as number) + (starts[gram] as number)
  const next = starts.slice()
  const rows = new Uint16Array(total)
  const values = new Float32Array(total)
  let entry = 0
  neighbours.forEach(({ reference: { sparse } }, row) => {
    for (const value of sparse.values) {
      const gram = grams[entry++] as number
      const place = next[gram] as number
      next[gram] = place + 1
      rows[place] = row
      values[place] = value
    }
  })
  return { starts, rows, values }
}

/** The grams of the neighbours one after the other, numbered in the order of first sight. A small table of their ids stays in a near cache. */
function numbered(neighbours: readonly Neighbour[], total: number): { grams: Int32Array; used: number } {
  const size = 2 ** Math.ceil(Math.log2(2 * total + 2))
  const shift = 32 - Math.log2(size)
  /** The id plus 1 by its hash; 0 where free. */
  const taken = new Int32Array(size)
  const numbers = new Int32Array(size)
  const grams = new Int32Array(total)
  let used = 0
  let entry = 0
  for (const { reference } of neighbours)
    for (const id of reference.sparse.ids) {
      let at = Math.imul(id, 0x9e3779b1) >>> shift
      while (taken[at] !== 0 && taken[at] !== id + 1) at = (at + 1) & (size - 1)
      if (taken[at] === 0) {
        taken[at] = id + 1
        numbers[at] = used++
      }
      grams[entry++] = numbers[at] as number
    }
  return { grams, used }
}
