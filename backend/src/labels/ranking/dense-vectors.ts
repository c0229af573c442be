import { KERNEL_SHARES } from './text-features.ts'

/**
 * The part of the kernel that comes from the embeddings, from the cosine of two centred vectors. The square makes far texts
 * count less than near ones.
 */
export function denseKernel(cosine: number): number {
  const half = (1 + cosine) / 2
  return KERNEL_SHARES.dense * half * half
}

export function meanVector(vectors: readonly Float32Array[], dimension: number): Float32Array {
  const sum = new Float64Array(dimension)
  for (const vector of vectors) for (let i = 0; i < dimension; i++) sum[i] = (sum[i] as number) + (vector[i] as number)
  return Float32Array.from(sum, (value) => value / Math.max(1, vectors.length))
}

/** Minus the mean, then of length 1. Uncentred sentence embeddings all look alike (cosines of .75 to 1). */
export function centred(vector: Float32Array, mean: Float32Array): Float32Array {
  const out = new Float32Array(mean.length)
  let squares = 0
  for (let i = 0; i < out.length; i++) {
    const value = (vector[i] as number) - (mean[i] as number)
    out[i] = value
    squares += value * value
  }
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) * scale
  return out
}

export function dot(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
