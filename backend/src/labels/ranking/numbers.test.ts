import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choiceProbabilities, fitChoice } from './choice.ts'
import { factor, inverse, solve } from './cholesky.ts'
import { DenseRows } from './dense-rows.ts'
import { dot } from './dense-vectors.ts'
import { fitLogistic, logisticProbability } from './logistic.ts'

const matrices = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((values) => {
    const matrix = new Float64Array(n * n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let k = 0; k < n; k++)
          matrix[i * n + j] =
            (matrix[i * n + j] ?? 0) + (values[i * n + k] ?? 0) * (values[j * n + k] ?? 0) + (i === j ? 0.1 : 0)
    return { n, matrix }
  }),
)

describe('linear algebra', () => {
  it('solves and inverts positive definite matrices', () => {
    fc.assert(
      fc.property(matrices, ({ n, matrix }) => {
        const inverted = inverse(matrix.slice(), n)
        const lower = matrix.slice()
        factor(lower, n)
        const right = Float64Array.from({ length: n }, (_, i) => i + 1)
        const solved = right.slice()
        solve(lower, n, solved)
        for (let i = 0; i < n; i++) {
          expect(dot(matrix.subarray(i * n, (i + 1) * n), solved)).toBeCloseTo(right[i] ?? 0, 6)
          expect(dot(inverted.subarray(i * n, (i + 1) * n), right)).toBeCloseTo(solved[i] ?? 0, 6)
        }
      }),
    )
  })

  it('says where a matrix is not positive definite', () => {
    expect(() => factor(Float64Array.of(1, 0, 2, 1), 2)).toThrow(/row 1/)
  })

  it('multiplies rows of any length, also after it grew', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 9 }),
        (dimension, count, first) => {
          const vector = (row: number): Float32Array =>
            Float32Array.from({ length: dimension }, (_, i) => ((row * 7 + i * 3) % 11) - 5)
          const rows = new DenseRows(dimension)
          for (let row = 0; row < count + first; row++) rows.set(row, vector(row))
          const products = rows.dots(vector(2), count, first)
          // Small whole numbers: the sums are exact.
          expect([...products]).toEqual(Array.from({ length: count }, (_, i) => dot(vector(2), vector(first + i))))
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('what is learnt', () => {
  it('finds the kind of evidence that is right and never gives a kind a negative weight', () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const right = i % 3
      const values = new Float64Array(9)
      for (let option = 0; option < 3; option++) {
        values[option * 3] = (option === right ? 1 : 0) + ((i * 7 + option) % 5) / 10
        values[option * 3 + 1] = ((i * 5 + option * 3) % 7) / 7
        values[option * 3 + 2] = option === right ? -1 : 0
      }
      return { rows: values, options: 3, right, weight: 1 }
    })
    const weights = fitChoice(rows, Float64Array.of(0, 0, 1))
    expect(weights[0]).toBeGreaterThan(1)
    expect(weights[2]).toBe(0)
    expect(weights.every((weight) => weight >= 0)).toBe(true)
    for (const row of rows) {
      const probabilities = choiceProbabilities(row.rows, 3, weights)
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
      expect(probabilities.indexOf(Math.max(...probabilities))).toBe(row.right)
    }
  })

  it('keeps the default weights where there is nothing to learn from', () => {
    expect(fitChoice([], Float64Array.of(1, 2))).toEqual(Float64Array.of(1, 2))
  })

  it('is calibrated on average and finite where the targets can be told apart perfectly', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      features: Float64Array.of(i, 1),
      target: i < 13 ? 1 : 0,
      weight: 1,
    }))
    const model = fitLogistic(rows, 1)
    if (!model) throw new Error('no model')
    const mean = rows.reduce((sum, row) => sum + logisticProbability(model, row.features), 0) / rows.length
    expect(mean).toBeCloseTo(13 / 40, 4)
    expect(fitLogistic(rows.slice(13), 1)).toBeUndefined()
  })
})
