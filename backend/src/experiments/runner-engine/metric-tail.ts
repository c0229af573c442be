import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** A number that a trial wrote. */
export interface MetricLine {
  name: string
  value: number
  step?: number
  final: boolean
  /** Milliseconds since the epoch. */
  time: number
}

/** Bytes that one look reads. */
const PIECE = 1_048_576
/** A longer line is no metric. */
const LONGEST = 65_536
/** Points that are kept of one trial; more would only slow down who looks at them. Results (final) are always read. */
export const MOST_POINTS = 100_000

/** Follows the file into which a trial writes its metrics. Whole lines only: the last one may still be written. */
export class MetricTail {
  readonly #path: string
  #offset = 0
  /** Points that are known already, from before a restart. */
  #skip: number
  #points: number

  constructor(path: string, known: number) {
    this.#path = path
    this.#skip = known
    this.#points = known
  }

  /** True once it has left out points because there were too many. */
  get overflowed(): boolean {
    return this.#points > MOST_POINTS
  }

  /** What came since the last look, up to a megabyte of it. `more`: there is more to read at once. */
  read(): { lines: MetricLine[]; more: boolean } {
    let file: number
    try {
      file = openSync(this.#path, 'r')
    } catch {
      return { lines: [], more: false }
    }
    try {
      const left = fstatSync(file).size - this.#offset
      if (left <= 0) return { lines: [], more: false }
      const buffer = Buffer.alloc(Math.min(left, PIECE))
      const read = readSync(file, buffer, 0, buffer.length, this.#offset)
      // Bytes of an unfinished character are read again with its end.
      const end = buffer.lastIndexOf(0x0a, read - 1) + 1
      if (end === 0 && read < PIECE) return { lines: [], more: false }
      this.#offset += end || read
      const lines = buffer.toString('utf8', 0, end).split('\n')
      return { lines: lines.flatMap((line) => this.#parse(line)), more: left > buffer.length }
    } finally {
      closeSync(file)
    }
  }

  #parse(text: string): MetricLine[] {
    if (text === '' || text.length > LONGEST) return []
    if (this.#points > MOST_POINTS && !text.includes('"final"')) return []
    const line = lineOf(text)
    if (!line || line.final) return line ? [line] : []
    if (this.#skip > 0) {
      this.#skip--
      return []
    }
    this.#points++
    return this.#points > MOST_POINTS ? [] : [line]
  }
}

/** The metric of a line; undefined when it is none. */
function lineOf(text: string): MetricLine | undefined {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof given !== 'object' || given === null || !('name' in given) || !('value' in given)) return undefined
  const { name, value, step, final, time } = given as Record<string, unknown>
  if (typeof name !== 'string' || name === '') return undefined
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN
  return {
    name,
    value: numberOf(value),
    step: typeof step === 'number' ? step : undefined,
    final: final === true,
    time: Number.isNaN(at) ? Date.now() : at,
  }
}

/** Numbers that are not finite are written as Python's words for them. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (value === 'inf') return Number.POSITIVE_INFINITY
  return value === '-inf' ? Number.NEGATIVE_INFINITY : Number.NaN
}
