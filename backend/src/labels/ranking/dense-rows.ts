import { PAGE, rowProducts, STEP } from './row-products.ts'

/** Rows of 32-bit numbers of one length, multiplied with a vector all at once. */
export class DenseRows {
  readonly #dimension: number
  readonly #rowBytes: number
  #capacity = 0
  readonly #loop = rowProducts('floats')

  constructor(dimension: number) {
    this.#dimension = dimension
    this.#rowBytes = Math.ceil(dimension / STEP) * STEP * 4
  }

  /** Makes room for `rows` rows; what is set stays. */
  reserve(rows: number): void {
    if (rows <= this.#capacity) return
    this.#capacity = Math.max(rows, Math.ceil(this.#capacity * 1.5), 16)
    // The vector, then the rows, then one result a row.
    const bytes = this.#rowBytes * (this.#capacity + 1) + this.#capacity * 4
    const missing = Math.ceil(bytes / PAGE) - this.#buffer.byteLength / PAGE
    if (missing > 0) this.#loop.memory.grow(missing)
  }

  set(row: number, values: Float32Array): void {
    this.reserve(row + 1)
    new Float32Array(this.#buffer, this.#rowBytes * (row + 1), this.#dimension).set(values)
  }

  /** Products of `rows` rows from `first` on with `vector`. The answer is overwritten by the next call. */
  dots(vector: Float32Array, rows: number, first = 0): Float32Array {
    if (rows === 0) return new Float32Array(0)
    new Float32Array(this.#buffer, 0, this.#dimension).set(vector)
    const out = this.#rowBytes * (this.#capacity + 1)
    this.#loop.products(0, this.#rowBytes * (first + 1), rows, this.#rowBytes, out)
    return new Float32Array(this.#buffer, out, rows)
  }

  get #buffer(): ArrayBuffer {
    return this.#loop.memory.buffer
  }
}
