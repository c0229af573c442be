import type { Cell } from '../data/cells.ts'
import type { TrialColumn } from '../data/columns.ts'
import { shortNumber } from '../data/short-number.ts'
import type { TrialRow } from '../data/trial-list.ts'
import { extent, linearScale, logScale, type Scale, wordScale } from './scale.ts'

/** A column of the trials along an axis. */
export interface ValueScale {
  column: TrialColumn
  scale: Scale
  log: boolean
  /** Of a column of texts: what a value's number stands for. */
  words?: readonly string[]
  /** Number of a trial on this axis; NaN where it has none. */
  number(row: TrialRow): number
}

/** From this ratio of large to small values on, outliers left out, a logarithmic axis says more. */
const WIDE = 100
/** As many different numbers are choices: each has its tick. */
export const FEW = 8

/** Scale over the values of all rows. `log`: as the reader wants it; without it by the values. */
export function valueScale(column: TrialColumn, rows: readonly TrialRow[], log?: boolean): ValueScale {
  const cells = rows.map((row) => column.cell(row))
  if (column.kind === 'text') {
    const words = [...new Set(cells.filter((cell) => cell !== undefined).map(String))].sort((a, b) =>
      a.localeCompare(b),
    )
    const place = new Map(words.map((word, index) => [word, index]))
    const number = (row: TrialRow): number => place.get(String(column.cell(row))) ?? Number.NaN
    return { column, scale: wordScale(words), log: false, words, number }
  }
  const numbers = Float64Array.from(cells, numberOf).filter(Number.isFinite).sort()
  const [low, high] = extent(numbers) ?? [0, 1]
  const logarithmic = low > 0 && (log ?? isWide(numbers))
  const number = (row: TrialRow): number => numberOf(column.cell(row))
  const scale = logarithmic ? logScale(low, high) : linearScale(low, high)
  return { column, scale: withChoices(scale, numbers), log: logarithmic, number }
}

const isWide = (sorted: Float64Array): boolean => {
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return at(0.95) / at(0.05) >= WIDE
}

function withChoices(scale: Scale, sorted: Float64Array): Scale {
  const different: number[] = []
  for (const value of sorted) if (value !== different.at(-1) && different.push(value) > FEW) return scale
  const ticks = different.map((value) => ({ place: scale.place(value), label: shortNumber(value) }))
  return { ...scale, ticks: () => ticks }
}

const numberOf = (cell: Cell | undefined): number => (typeof cell === 'number' ? cell : Number.NaN)
