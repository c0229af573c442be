/**
 * Factors the symmetric positive definite `matrix` (n × n, row by row, lower half used) in place into L with L Lᵀ = matrix.
 * Throws when the matrix is not positive definite.
 */
export function factor(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * n
    for (let j = 0; j <= i; j++) {
      const other = j * n
      // Four sums side by side: one alone would wait for itself at every step.
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      let k = 0
      for (; k + 3 < j; k += 4) {
        s0 += (matrix[row + k] as number) * (matrix[other + k] as number)
        s1 += (matrix[row + k + 1] as number) * (matrix[other + k + 1] as number)
        s2 += (matrix[row + k + 2] as number) * (matrix[other + k + 2] as number)
        s3 += (matrix[row + k + 3] as number) * (matrix[other + k + 3] as number)
      }
      for (; k < j; k++) s0 += (matrix[row + k] as number) * (matrix[other + k] as number)
      const sum = (matrix[row + j] as number) - (s0 + s1 + (s2 + s3))
      if (j < i) matrix[row + j] = sum / (matrix[other + j] as number)
      else if (sum > 0) matrix[row + i] = Math.sqrt(sum)
      else throw new Error(`The matrix is not positive definite at row ${i}`)
    }
  }
}

/** Solves L Lᵀ x = right in place, with the factor of {@link factor}. */
export function solve(lower: Float64Array, n: number, right: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = i * n
    let sum = right[i] as number
    for (let k = 0; k < i; k++) sum -= (lower[row + k] as number) * (right[k] as number)
    right[i] = sum / (lower[row + i] as number)
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n
    const value = (right[i] as number) / (lower[row + i] as number)
    right[i] = value
    for (let k = 0; k < i; k++) right[k] = (right[k] as number) - (lower[row + k] as number) * value
  }
}

/** The inverse of a symmetric positive definite matrix, which is overwritten by its factor. */
export function inverse(matrix: Float64Array, n: number): Float64Array {
  factor(matrix, n)
  const out = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    const column = out.subarray(j * n, (j + 1) * n)
    column[j] = 1
    solve(matrix, n, column)
  }
  return out
}
