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
  const length = a.length
  // Four sums side by side: one alone would wait for itself at every step.
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < length; i += 4) {
    s0 += (a[i] as number) * (b[i] as number)
    s1 += (a[i + 1] as number) * (b[i + 1] as number)
    s2 += (a[i + 2] as number) * (b[i + 2] as number)
    s3 += (a[i + 3] as number) * (b[i + 3] as number)
  }
  for (; i < length; i++) s0 += (a[i] as number) * (b[i] as number)
  return s0 + s1 + (s2 + s3)
}
