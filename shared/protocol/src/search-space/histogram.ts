import { drawNumber, seeded } from './draw.ts'
import { valueCount } from './grid-size.ts'
import type { SpaceEntry } from './space.ts'

/** What will be drawn: bars over ranges of numbers, or one bar for each value. Shares add up to 1. */
export type Histogram =
  | {
      kind: 'ranges'
      /** The axis is logarithmic: bars are equally wide there. */
      log: boolean
      bars: { from: number; to: number; share: number }[]
    }
  | { kind: 'values'; bars: { value: string | number; share: number }[] /** Values that have no bar. */; more: number }

export interface HistogramOptions {
  seed?: number
  /** Numbers drawn. */
  draws?: number
  /** Most bars. */
  bars?: number
}

/** Preview of what a search draws for one sound entry; the same for the same seed. */
export function histogramOf(
  entry: SpaceEntry,
  { seed = 0, draws = 10_000, bars = 40 }: HistogramOptions = {},
): Histogram {
  if (entry.type === 'choice') return choices(entry, bars)
  const random = seeded(seed)
  const drawn = Float64Array.from({ length: draws }, () => drawNumber(entry, random)).sort()
  const count = valueCount(entry)
  if (count !== undefined && count <= bars) return values(drawn)
  return ranges(drawn, entry.type.includes('log'), bars)
}

function choices(entry: SpaceEntry, bars: number): Histogram {
  const all = entry.branches?.map(({ name }) => name) ?? (entry.value as unknown[]).map(label)
  const shown = all.slice(0, bars).map((value) => ({ value, share: 1 / all.length }))
  return { kind: 'values', bars: shown, more: all.length - shown.length }
}

const label = (value: unknown): string | number =>
  typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)

function values(sorted: Float64Array): Histogram {
  const counts = new Map<number, number>()
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1)
  const bars = [...counts].map(([value, count]) => ({ value, share: count / sorted.length }))
  return { kind: 'values', bars, more: 0 }
}

function ranges(sorted: Float64Array, log: boolean, most: number): Histogram {
  const first = sorted[0] ?? 0
  // q may round a lognormal number to 0, which has no place on a logarithmic axis.
  const logarithmic = log && first > 0
  const scale = (value: number): number => (logarithmic ? Math.log(value) : value)
  const back = (value: number): number => (logarithmic ? Math.exp(value) : value)
  const low = scale(first)
  const width = (scale(sorted.at(-1) ?? 0) - low) / most || 1
  const counts = new Array<number>(most).fill(0)
  for (const value of sorted) {
    const at = Math.min(most - 1, Math.floor((scale(value) - low) / width))
    counts[at] = (counts[at] ?? 0) + 1
  }
  const bars = counts.map((count, i) => ({
    from: back(low + i * width),
    to: back(low + (i + 1) * width),
    share: count / sorted.length,
  }))
  return { kind: 'ranges', log: logarithmic, bars }
}
