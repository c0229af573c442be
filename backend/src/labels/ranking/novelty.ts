import { factor, solve } from './cholesky.ts'
import { DenseRows } from './dense-rows.ts'
import { denseKernel, dot } from './dense-vectors.ts'
import { RIDGE, type Speakers } from './neighbourhood.ts'
import type { Standing } from './standing.ts'

/** Neighbours whose embeddings are asked whether they account for the text's. */
const ASKED = 64
const NEAREST = 10

/** Numbers that grow where a text lies off its neighbours; always four. */
export function novelty({ point, speakers, leaves }: Standing): number[] {
  const { neighbours, shares, mates, ownMates } = speakers
  const nearest = neighbours.slice(0, NEAREST)
  const best = neighbours.findIndex(({ reference }) => reference.leaf === leaves[0])
  return [
    neighbours.reduce((rest, { likeness }, i) => rest - likeness * (shares[i] as number), 1),
    denseVariance(speakers, point.dense),
    // How much nearer than the text to them their own neighbours are: what is far for a dense label is near for a loose one.
    nearest.reduce((sum, { likeness }, i) => sum + (mates[i] as number) - likeness, 0) / Math.max(1, nearest.length),
    best < 0 ? 0 : (ownMates[best] as number) - (neighbours[best]?.likeness ?? 0),
  ]
}

/** Rows that every text of this dimension writes anew. */
let scratch: { dimension: number; rows: DenseRows } | undefined

/** Variance that a regression on the embeddings of the nearest leaves: 1 far from all of them, near 0 amid them. */
function denseVariance({ neighbours }: Speakers, dense: Float32Array): number {
  const asked = neighbours.slice(0, ASKED)
  const n = asked.length
  if (scratch?.dimension !== dense.length) scratch = { dimension: dense.length, rows: new DenseRows(dense.length) }
  const { rows } = scratch
  const most = denseKernel(1)
  const matrix = new Float64Array(n * n)
  asked.forEach(({ reference }, i) => {
    const cosines = rows.dots(reference.dense, i)
    for (let j = 0; j < i; j++) matrix[i * n + j] = denseKernel(cosines[j] as number)
    matrix[i * n + i] = most * (1 + RIDGE / reference.trust)
    rows.set(i, reference.dense)
  })
  const kernels = Float64Array.from(asked, ({ reference }) => denseKernel(dot(reference.dense, dense)))
  const shares = kernels.slice()
  factor(matrix, n)
  solve(matrix, n, shares)
  return kernels.reduce((rest, kernel, i) => rest - (kernel * (shares[i] as number)) / most, 1)
}
