import { describe, expect, it } from 'vitest'
import { denseKernel, dot } from './dense-vectors.ts'
import { Neighbourhood } from './neighbourhood.ts'
import { novelty } from './novelty.ts'
import type { SparseVector } from './text-features.ts'

const none: SparseVector = { ids: new Uint32Array(0), values: new Float32Array(0), unseen: 0 }
const at = (degrees: number): Float32Array =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180), 0, 0)

/** What is new in a text at an angle, beside references that lie from 0 to 40 degrees, of leaf 0. */
function noveltyAt(degrees: number): number[] {
  const dense = at(degrees)
  const neighbours = [0, 10, 20, 30, 40]
    .map((angle) => ({ id: `${angle}`, leaf: 0, trust: 1, dense: at(angle), sparse: none }))
    .map((reference) => ({ reference, likeness: denseKernel(dot(reference.dense, dense)) }))
    .sort((a, b) => b.likeness - a.likeness)
  return novelty({
    point: { dense, sparse: none },
    speakers: new Neighbourhood(neighbours).speakers(),
    evidence: { leaves: [0], rows: new Float64Array(0), regression: new Float64Array(0) },
    leaves: [0],
    probabilities: [1],
    rows: [],
  })
}

describe('the novelty of a text', () => {
  it('grows in each of its numbers with the way off the references', () => {
    const [amid, near, far] = [22, 80, 150].map(noveltyAt) as [number[], number[], number[]]
    for (let i = 0; i < 4; i++) {
      expect(near[i]).toBeGreaterThan(amid[i] as number)
      expect(far[i]).toBeGreaterThan(near[i] as number)
    }
  })
})
