import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centred, denseKernel, dot } from './dense-vectors.ts'
import { byId } from './reference.ts'
import { type IndexedReference, ReferenceIndex } from './reference-index.ts'
import { sparseDot } from './text-features.ts'

const vectors = (dimension: number) =>
  fc
    .array(fc.integer({ min: -9, max: 9 }), { minLength: dimension, maxLength: dimension })
    .map((values) => centred(Float32Array.from(values), new Float32Array(dimension)))
const points = (dimension: number) =>
  fc.record({
    dense: vectors(dimension),
    sparse: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }).map((ids) => ({
      ids: Uint32Array.from(ids).sort(),
      values: new Float32Array(ids.length).fill(0.2),
      unseen: 0,
    })),
  })

describe('the index of references', () => {
  it('finds exactly the nearest, among what it began with and what was added and removed later', () => {
    const bases = fc
      .integer({ min: 1, max: 40 })
      .chain((dimension) =>
        fc.record({ all: fc.array(points(dimension), { maxLength: 60 }), point: points(dimension) }),
      )
    fc.assert(
      fc.property(bases, fc.nat(60), fc.integer({ min: 1, max: 9 }), ({ all, point }, first, count) => {
        const references = all.map((own, i): IndexedReference => ({ ...own, id: `r${i}`, leaf: i % 3, trust: 1 }))
        const dimension = point.dense.length
        const index = new ReferenceIndex(references.slice(0, first), dimension)
        for (const reference of references.slice(first)) index.add(reference)
        const kept = references.filter((_, i) => i % 5 !== 4)
        for (const reference of references) if (!kept.includes(reference)) index.remove(reference.id)
        const expected = kept
          .map((reference) => ({
            reference,
            likeness: denseKernel(dot(reference.dense, point.dense)) + sparseDot(reference.sparse, point.sparse),
          }))
          .sort((a, b) => b.likeness - a.likeness || byId(a.reference, b.reference))
          .slice(0, count)
        const found = index.nearest(point, count)
        expect(found.map(({ likeness }) => likeness.toFixed(6))).toEqual(
          expected.map(({ likeness }) => likeness.toFixed(6)),
        )
        expect(
          index.nearest(
            point,
            count,
            kept.map(({ id }) => id),
          ),
        ).toEqual(found)
      }),
      { numRuns: 60 },
    )
  })
})
