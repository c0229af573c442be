import { FEW, type ValueScale } from '../chart/value-scale.ts'
import type { TrialRow } from '../data/trial-list.ts'
import type { Feature } from './forest.ts'

/** Bins of a feature at most. */
export const BINS = 48

/** A feature with what its bins stand for. */
export interface BinnedFeature extends Feature {
  axis: ValueScale
  /** Ends of the bins as places of the axis, one more than bins; of texts: the bins' texts are `words`. */
  edges: Float64Array
  words?: readonly string[]
}

/**
 * Puts the rows of an axis into bins: numbers by quantiles, so that each has about as many rows; texts by the mean of the objective, so that
 * cuts part the good from the bad. A row without a value gets the middle bin: that it has none is said by the choice it hangs on.
 */
export function binFeature(
  axis: ValueScale,
  rows: readonly TrialRow[],
  target: Float64Array,
): BinnedFeature | undefined {
  const numbers = Float64Array.from(rows, (row) => axis.number(row))
  return axis.words ? binWords(axis, axis.words, numbers, target) : binNumbers(axis, numbers)
}

function binNumbers(axis: ValueScale, numbers: Float64Array): BinnedFeature | undefined {
  const places = numbers.map((value) => axis.scale.place(value))
  const sorted = places.filter(Number.isFinite).sort()
  const low = sorted[0] ?? 0
  const high = sorted.at(-1) ?? 0
  if (sorted.length === 0 || low === high) return undefined
  const edges = [low]
  for (let bin = 1; bin < BINS; bin++) {
    const at = (bin * sorted.length) / BINS
    const left = sorted[Math.floor(at) - 1] ?? low
    const right = sorted[Math.floor(at)] ?? high
    const edge = (left + right) / 2
    // Equal values stay in one bin.
    if (left < right && edge > (edges.at(-1) ?? low)) edges.push(edge)
  }
  edges.push(high)
  // Of a few numbers to choose from each counts the same, however far apart they are.
  const choices = new Set(sorted).size <= FEW
  const widths = Float64Array.from(edges.slice(1), (edge, at) =>
    choices ? 1 / (edges.length - 1) : (edge - (edges[at] ?? 0)) / (high - low),
  )
  const bins = Uint8Array.from(places, (place) =>
    Number.isFinite(place) ? binAt(edges, place) : Math.floor(widths.length / 2),
  )
  return { axis, bins, widths, edges: Float64Array.from(edges) }
}

/** Index of the bin whose ends enclose a place. */
function binAt(edges: readonly number[], place: number): number {
  let low = 0
  let high = edges.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((edges[middle] ?? 0) <= place) low = middle
    else high = middle - 1
  }
  return low
}

function binWords(
  axis: ValueScale,
  words: readonly string[],
  numbers: Float64Array,
  target: Float64Array,
): BinnedFeature | undefined {
  if (words.length < 2 || words.length > 255) return undefined
  const sums = words.map(() => 0)
  const counts = words.map(() => 0)
  for (const [row, word] of numbers.entries()) {
    if (Number.isNaN(word)) continue
    sums[word] = (sums[word] ?? 0) + (target[row] ?? 0)
    counts[word] = (counts[word] ?? 0) + 1
  }
  const means = sums.map((sum, word) => (counts[word] ? sum / (counts[word] ?? 1) : 0))
  const order = words.map((_, word) => word).sort((a, b) => (means[a] ?? 0) - (means[b] ?? 0))
  const bin = new Map(order.map((word, at) => [word, at]))
  const middle = Math.floor(words.length / 2)
  return {
    axis,
    bins: Uint8Array.from(numbers, (word) => bin.get(word) ?? middle),
    widths: new Float64Array(words.length).fill(1 / words.length),
    edges: Float64Array.from({ length: words.length + 1 }, (_, at) => at / words.length),
    words: order.map((word) => words[word] ?? ''),
  }
}
