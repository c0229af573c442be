import { factor, solve } from './cholesky.ts'

/** One text whose label is known: evidence for the leaves that compete (rows of equal width) and which of them is right. */
export interface ChoiceRow {
  rows: Float64Array
  options: number
  right: number
  weight: number
}

/** Pull of the weights to their defaults, in standard deviations of the evidence. */
const PULL = 3
const ROUNDS = 30

/** Probabilities of the options: softmax of rows × weights. */
export function choiceProbabilities(rows: Float64Array, options: number, weights: Float64Array): Float64Array {
  const width = weights.length
  const scores = new Float64Array(options)
  let highest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < options; i++) {
    let score = 0
    for (let f = 0; f < width; f++) score += (rows[i * width + f] as number) * (weights[f] as number)
    scores[i] = score
    if (score > highest) highest = score
  }
  let sum = 0
  for (let i = 0; i < options; i++) {
    const value = Math.exp((scores[i] as number) - highest)
    scores[i] = value
    sum += value
  }
  return scores.map((value) => value / sum)
}

/**
 * Weights (none negative) under which the right options are likeliest: a conditional logit with a pull to `defaults`, by
 * Newton's method on the weights that are not held at 0.
 */
export function fitChoice(rows: readonly ChoiceRow[], defaults: Float64Array): Float64Array {
  if (rows.length === 0) return defaults.slice()
  const width = defaults.length
  const scale = deviations(rows, width)
  const prior = defaults.map((value, f) => value * (scale[f] as number))
  const scaled = rows.map((row) => ({
    ...row,
    rows: row.rows.map((value, at) => value / (scale[at % width] as number)),
  }))
  let weights: Float64Array = prior.slice()
  let loss = lossOf(scaled, weights, prior)
  for (let round = 0; round < ROUNDS; round++) {
    const { gradient, curvature } = slope(scaled, weights, prior)
    const free = [...weights.keys()].filter((f) => (weights[f] as number) > 0 || (gradient[f] as number) < 0)
    const step = newtonStep(gradient, curvature, free, width)
    let better: Float64Array | undefined
    for (let length = 1; length > 1e-4 && !better; length /= 2) {
      const tried = weights.map((value, f) => Math.max(0, value - length * (step[f] as number)))
      const triedLoss = lossOf(scaled, tried, prior)
      if (triedLoss < loss - 1e-9) {
        better = tried
        loss = triedLoss
      }
    }
    if (!better) break
    weights = better
  }
  return weights.map((value, f) => value / (scale[f] as number))
}

function deviations(rows: readonly ChoiceRow[], width: number): Float64Array {
  const sum = new Float64Array(width)
  const squares = new Float64Array(width)
  let count = 0
  for (const row of rows)
    for (let at = 0; at < row.rows.length; at += width) {
      count++
      for (let f = 0; f < width; f++) {
        const value = row.rows[at + f] as number
        sum[f] = (sum[f] as number) + value
        squares[f] = (squares[f] as number) + value * value
      }
    }
  return sum.map((total, f) => {
    const mean = total / count
    return Math.sqrt(Math.max(1e-12, (squares[f] as number) / count - mean * mean))
  })
}

function lossOf(rows: readonly ChoiceRow[], weights: Float64Array, prior: Float64Array): number {
  let loss = 0
  for (const row of rows) {
    const probability = choiceProbabilities(row.rows, row.options, weights)[row.right] as number
    loss -= row.weight * Math.log(Math.max(1e-300, probability))
  }
  weights.forEach((value, f) => {
    loss += (PULL * (value - (prior[f] as number)) ** 2) / 2
  })
  return loss
}

function slope(
  rows: readonly ChoiceRow[],
  weights: Float64Array,
  prior: Float64Array,
): { gradient: Float64Array; curvature: Float64Array } {
  const width = weights.length
  const gradient = weights.map((value, f) => PULL * (value - (prior[f] as number)))
  const curvature = new Float64Array(width * width)
  const mean = new Float64Array(width)
  for (const { rows: values, options, right, weight } of rows) {
    const probabilities = choiceProbabilities(values, options, weights)
    mean.fill(0)
    for (let i = 0; i < options; i++) {
      const p = probabilities[i] as number
      if (p < 1e-9) continue
      const at = i * width
      for (let f = 0; f < width; f++) {
        const value = p * (values[at + f] as number)
        mean[f] = (mean[f] as number) + value
        for (let g = 0; g <= f; g++)
          curvature[f * width + g] = (curvature[f * width + g] as number) + weight * value * (values[at + g] as number)
      }
    }
    for (let f = 0; f < width; f++) {
      const expected = mean[f] as number
      gradient[f] = (gradient[f] as number) + weight * (expected - (values[right * width + f] as number))
      for (let g = 0; g <= f; g++)
        curvature[f * width + g] = (curvature[f * width + g] as number) - weight * expected * (mean[g] as number)
    }
  }
  return { gradient, curvature }
}

function newtonStep(gradient: Float64Array, curvature: Float64Array, free: number[], width: number): Float64Array {
  const n = free.length
  const matrix = new Float64Array(n * n)
  const right = new Float64Array(n)
  free.forEach((f, i) => {
    right[i] = gradient[f] as number
    for (let j = 0; j <= i; j++) matrix[i * n + j] = curvature[f * width + (free[j] as number)] as number
    matrix[i * n + i] = (matrix[i * n + i] as number) + PULL
  })
  const step = new Float64Array(width)
  if (n === 0) return step
  factor(matrix, n)
  solve(matrix, n, right)
  free.forEach((f, i) => {
    step[f] = right[i] as number
  })
  return step
}
