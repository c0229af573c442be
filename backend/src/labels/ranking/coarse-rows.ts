import { PAGE, rowProducts, STEP } from './row-products.ts'

/** Products of vectors up to a known error. */
export interface CoarseProducts {
  /** One a row. */
  products: Float32Array
  /** How far each is from the true product at most. */
  error: number
}

/**
 * Rows of unit length as signed bytes: a quarter of the memory of 32-bit numbers, and reading memory is what takes the time where
 * rows are many. Products are rough, with a bound (Cauchy-Schwarz) that lets the best ones be found exactly.
 */
export class CoarseRows {
  readonly #dimension: number
  readonly #rowBytes: number
  /** The vector is finer than the rows, but no sum may leave 32 bits. */
  readonly #vectorMost: number
  #capacity = 0
  /** What a byte of 1 stands for in each row. */
  #scales = new Float32Array(0)
  /** The length of what rounding lost of any row at most. */
  #lost = 0
  readonly #loop = rowProducts('bytes')

  constructor(dimension: number) {
    this.#dimension = dimension
    this.#rowBytes = Math.ceil(dimension / STEP) * STEP
    this.#vectorMost = Math.min(2 ** 15 - 1, Math.floor((2 ** 31 - 1) / (BYTE * Math.max(1, dimension))))
  }

  /** Makes room for `rows` rows; what is set stays. */
  reserve(rows: number): void {
    if (rows <= this.#capacity) return
    this.#capacity = Math.max(rows, Math.ceil(this.#capacity * 1.5), 16)
    const scales = this.#scales
    this.#scales = new Float32Array(this.#capacity)
    this.#scales.set(scales)
    // The vector (16 bits a number), then the rows, then one result a row.
    const bytes = this.#rowBytes * (this.#capacity + 2) + this.#capacity * 4
    const missing = Math.ceil(bytes / PAGE) - this.#buffer.byteLength / PAGE
    if (missing > 0) this.#loop.memory.grow(missing)
  }

  set(row: number, values: Float32Array): void {
    this.reserve(row + 1)
    const bytes = new Int8Array(this.#buffer, this.#rowBytes * (row + 2), this.#dimension)
    const { scale, loss } = rounded(values, bytes, BYTE)
    this.#scales[row] = scale
    this.#lost = Math.max(this.#lost, loss)
  }

  /** Products of the first `rows` rows with `vector`, which is of length 1 or 0. */
  dots(vector: Float32Array, rows: number): CoarseProducts {
    const products = new Float32Array(rows)
    if (rows === 0) return { products, error: 0 }
    const { scale, loss } = rounded(vector, new Int16Array(this.#buffer, 0, this.#dimension), this.#vectorMost)
    const out = this.#rowBytes * (this.#capacity + 2)
    this.#loop.products(0, this.#rowBytes * 2, rows, this.#rowBytes, out)
    const sums = new Int32Array(this.#buffer, out, rows)
    for (let row = 0; row < rows; row++) products[row] = scale * (this.#scales[row] as number) * (sums[row] as number)
    // |x·y − x̂·ŷ| ≤ |x| |y − ŷ| + |x − x̂| |ŷ|, and a little for the rounding of the sums themselves.
    return { products, error: this.#lost + loss * (1 + this.#lost) + 1e-6 }
  }

  get #buffer(): ArrayBuffer {
    return this.#loop.memory.buffer
  }
}

const BYTE = 127

/** Writes the values as whole numbers of at most `most`; answers what 1 stands for and the length of what was lost. */
function rounded(values: Float32Array, into: Int8Array | Int16Array, most: number): { scale: number; loss: number } {
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number)
    if (size > largest) largest = size
  }
  const scale = largest > 0 ? largest / most : 1
  const perOne = 1 / scale
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const whole = Math.round(value * perOne)
    into[i] = whole
    const lost = value - whole * scale
    squares += lost * lost
  }
  return { scale, loss: Math.sqrt(squares) }
}
