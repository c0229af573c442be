import { drawNumber, seeded } from './draw.ts'
import { valueCount } from './grid-size.ts'
import type { SpaceEntry } from './space.ts'

/** What will be drawn: bars over ranges of numbers, or one bar for each value. Shares add up to 1. */
export type Histogram =
  | {
      kind: 'ranges'
      /** The axis is logarithmic. */
      log: boolean
      /** The ends of what was drawn. */
      low: number
      high: number
      /** Without gaps, but not all equally wide: of numbers in steps each has whole steps. Its height is its share by its width. */
      bars: Bar[]
    }
  | { kind: 'values'; bars: { value: string | number; share: number }[] /** Values that have no bar. */; more: number }

interface Bar {
  from: number
  to: number
  share: number
}

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
  return ranges(drawn, entry, bars)
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

function ranges(sorted: Float64Array, entry: SpaceEntry, most: number): Histogram {
  const low = sorted[0] ?? 0
  const high = sorted.at(-1) ?? 0
  // q may round a lognormal number to 0, which has no place on a logarithmic axis.
  const log = entry.type.includes('log') && low > 0
  const step = stepOf(entry)
  const edges = step === undefined ? evenEdges(low, high, log, most) : wholeEdges(low, high, log, most, step)
  // What is rounded inwards at the ends comes from half a step only.
  if (entry.type.includes('uniform')) {
    edges[0] = low
    edges[edges.length - 1] = high
  }
  const bars = edges.slice(1).map((to, i): Bar => ({ from: edges[i] ?? low, to, share: 0 }))
  let at = 0
  for (const value of sorted) {
    while (at < bars.length - 1 && value >= (bars[at]?.to ?? value)) at++
    const bar = bars[at]
    if (bar) bar.share += 1 / sorted.length
  }
  return { kind: 'ranges', log, low, high, bars }
}

/** Distance of the numbers of an entry; undefined: there is any number. */
const stepOf = ({ type, value }: SpaceEntry): number | undefined =>
  type === 'randint' ? 1 : (value as (number | undefined)[])[2]

function evenEdges(low: number, high: number, log: boolean, most: number): number[] {
  const [from, to] = log ? [Math.log(low), Math.log(high)] : [low, high]
  const width = (to - from) / most || 1
  return Array.from({ length: most + 1 }, (_, i) => (log ? Math.exp(from + i * width) : from + i * width))
}

/** Edges half a step off the numbers, so that a bar has as many as it is wide; on an even axis all have the same count but the last. */
function wholeEdges(low: number, high: number, log: boolean, most: number, step: number): number[] {
  const [first, last] = [Math.round(low / step), Math.round(high / step) + 1]
  const each = Math.ceil((last - first) / most)
  const starts = log
    ? evenEdges(low, high, log, most).map((edge) => Math.round(edge / step))
    : Array.from({ length: Math.ceil((last - first) / each) }, (_, i) => first + i * each)
  const inner = starts.filter((start) => start > first && start < last)
  return [...new Set([first, ...inner, last])].map((start) => (start - 0.5) * step)
}
