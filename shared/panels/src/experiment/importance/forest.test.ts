import { seeded } from '@secxops/protocol/search-space/draw'
import { expect, test } from 'vitest'
import { effectsOf, surfaceOf } from './effects.ts'
import { type Feature, type Forest, growForest } from './forest.ts'

const BINS = 32

/** Rows drawn evenly over `count` features from 0 to 1, in even bins. */
function evenFeatures(
  count: number,
  rows: number,
  random: () => number,
): { features: Feature[]; at(f: number, row: number): number } {
  const features = Array.from({ length: count }, () => ({
    bins: Uint8Array.from({ length: rows }, () => Math.floor(random() * BINS)),
    widths: new Float64Array(BINS).fill(1 / BINS),
  }))
  return { features, at: (f, row) => ((features[f]?.bins[row] ?? 0) + 0.5) / BINS }
}

function grow(features: Feature[], target: Float64Array): Forest {
  const work = growForest(features, target, seeded(5))
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

test('the shares are those of the function: linear parts by the squares of their factors, nothing for what it does not use', () => {
  const { features, at } = evenFeatures(3, 2000, seeded(1))
  const forest = grow(
    features,
    Float64Array.from({ length: 2000 }, (_, row) => 2 * at(0, row) + at(1, row)),
  )
  const { alone, together } = effectsOf(forest, features)
  expect(alone[0]).toBeGreaterThan(0.74)
  expect(alone[0]).toBeLessThan(0.84)
  expect(alone[1]).toBeGreaterThan(0.16)
  expect(alone[1]).toBeLessThan(0.24)
  expect(alone[2]).toBeLessThan(0.01)
  expect(together).toBeLessThan(0.04)
  expect(forest.explained).toBeGreaterThan(0.97)
})

test('what two have only together is told apart from what each has alone', () => {
  const { features, at } = evenFeatures(2, 2000, seeded(2))
  const forest = grow(
    features,
    Float64Array.from({ length: 2000 }, (_, row) => (at(0, row) < 0.5 === at(1, row) < 0.5 ? 1 : 0)),
  )
  const { alone, together } = effectsOf(forest, features)
  expect(together).toBeGreaterThan(0.9)
  expect(Math.max(...alone)).toBeLessThan(0.06)
})

test('noise is said to be noise', () => {
  const random = seeded(3)
  const { features } = evenFeatures(4, 300, random)
  expect(grow(features, Float64Array.from({ length: 300 }, random)).explained).toBeLessThan(0.1)
})

test('the surface over two parameters is the mean over the others, in the right corner', () => {
  const { features, at } = evenFeatures(3, 2000, seeded(4))
  const forest = grow(
    features,
    Float64Array.from({ length: 2000 }, (_, row) => at(0, row) + 3 * at(2, row) + at(1, row)),
  )
  const surface = surfaceOf(forest, features, 0, 2)
  expect(surface[0]).toBeCloseTo(0.5, 0)
  expect(surface[BINS - 1]).toBeCloseTo(1.5, 0)
  expect(surface[BINS * BINS - 1]).toBeCloseTo(4.5, 0)
})

test('one value everywhere gives no shares and no error', () => {
  const { features } = evenFeatures(2, 50, seeded(6))
  const forest = grow(features, new Float64Array(50).fill(3))
  expect(effectsOf(forest, features)).toEqual({ alone: [0, 0], together: 0 })
})
