import { factor, solve } from './cholesky.ts'

/** A probability from some numbers: 1 / (1 + e^-(intercept + Σ weight × (number − mean) / deviation)). */
export interface Logistic {
  means: Float64Array
  deviations: Float64Array
  weights: Float64Array
  intercept: number
}

export interface LogisticRow {
  features: Float64Array
  /** 1 true, 0 false. */
  target: number
  weight: number
}

const ROUNDS = 30

/** Logistic regression with a pull of the weights (not of the intercept) to 0. Undefined where all targets are the same. */
export function fitLogistic(rows: readonly LogisticRow[], pull: number): Logistic | undefined {
  const width = rows[0]?.features.length ?? 0
  const total = rows.reduce((sum, row) => sum + row.weight, 0)
  const positive = rows.reduce((sum, row) => sum + row.weight * row.target, 0)
  if (positive <= 0 || positive >= total) return undefined
  const means = new Float64Array(width)
  const deviations = new Float64Array(width)
  for (let f = 0; f < width; f++) {
    let mean = 0
    let squares = 0
    for (const row of rows) {
      const value = row.features[f] as number
      mean += (row.weight * value) / total
      squares += (row.weight * value * value) / total
    }
    means[f] = mean
    const variance = squares - mean * mean
    deviations[f] = variance > 1e-12 ? Math.sqrt(variance) : 1
  }
  const model: Logistic = {
    means,
    deviations,
    weights: new Float64Array(width),
    intercept: Math.log(positive / (total - positive)),
  }
  const inputs = rows.map(({ features }) =>
    features.map((value, f) => (value - (means[f] as number)) / (deviations[f] as number)),
  )
  for (let round = 0; round < ROUNDS && newtonRound(rows, inputs, model, pull) > 1e-7; round++);
  return model
}

export function logisticScore(model: Logistic, features: Float64Array): number {
  let score = model.intercept
  for (let f = 0; f < features.length; f++)
    score +=
      ((model.weights[f] as number) * ((features[f] as number) - (model.means[f] as number))) /
      (model.deviations[f] as number)
  return score
}

export function logisticProbability(model: Logistic, features: Float64Array): number {
  return sigmoid(logisticScore(model, features))
}

export function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score))
}

/** Log of {@link sigmoid}, exact also where that is near 0 or 1. */
export function logSigmoid(score: number): number {
  return score > 0 ? -Math.log1p(Math.exp(-score)) : score - Math.log1p(Math.exp(score))
}

/** Log odds, kept finite. */
export function logit(probability: number): number {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, probability))
  return Math.log(kept / (1 - kept))
}

/** One step of Newton's method on `model`; answers the largest change. */
function newtonRound(
  rows: readonly LogisticRow[],
  inputs: readonly Float64Array[],
  model: Logistic,
  pull: number,
): number {
  const width = model.weights.length
  const n = width + 1
  const matrix = new Float64Array(n * n)
  const right = new Float64Array(n)
  rows.forEach(({ target, weight }, r) => {
    const input = inputs[r] as Float64Array
    let score = model.intercept
    for (let f = 0; f < width; f++) score += (model.weights[f] as number) * (input[f] as number)
    const probability = sigmoid(score)
    const error = weight * (probability - target)
    const bend = weight * Math.max(1e-6, probability * (1 - probability))
    for (let f = 0; f < n; f++) {
      const value = f === width ? 1 : (input[f] as number)
      right[f] = (right[f] as number) + error * value
      for (let g = 0; g <= f; g++)
        matrix[f * n + g] = (matrix[f * n + g] as number) + bend * value * (g === width ? 1 : (input[g] as number))
    }
  })
  for (let f = 0; f < width; f++) {
    right[f] = (right[f] as number) + pull * (model.weights[f] as number)
    matrix[f * n + f] = (matrix[f * n + f] as number) + pull
  }
  matrix[n * n - 1] = (matrix[n * n - 1] as number) + 1e-9
  factor(matrix, n)
  solve(matrix, n, right)
  // A longer step than this only happens where the targets can be told apart perfectly.
  const largest = right.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const length = largest > 4 ? 4 / largest : 1
  for (let f = 0; f < width; f++) model.weights[f] = (model.weights[f] as number) - length * (right[f] as number)
  model.intercept -= length * (right[width] as number)
  return largest
}
