import type { ValueScale } from '../chart/value-scale.ts'
import { filterRange, parseFilter, rangeFilter, textFilter } from '../data/filter.ts'

/** The filter that lets through what lies between two places of an axis, 0 to 1; undefined: nothing does. */
export function brushFilter({ scale, words }: ValueScale, from: number, to: number): string | undefined {
  const [low, high] = from < to ? [from, to] : [to, from]
  if (!words) return rangeFilter(scale.value(low), scale.value(high))
  const inside = words.filter((_, index) => {
    const place = scale.place(index)
    return place >= low && place <= high
  })
  return inside.length > 0 ? textFilter(inside) : undefined
}

/** Parts of an axis that its filter lets through, as places from 0 to 1. */
export function brushesOf({ scale, words, column }: ValueScale, filter: string | undefined): [number, number][] {
  if (!filter) return []
  if (words) {
    const test = parseFilter(filter, column.kind)
    return words.flatMap((word, index) => (test?.(word) ? [[scale.place(index), scale.place(index)]] : []))
  }
  const range = filterRange(filter)
  if (!range) return []
  const inside = (value: number): number => {
    if (value === Number.NEGATIVE_INFINITY) return 0
    const place = scale.place(value)
    // Below zero there is no place on a logarithmic axis.
    return Number.isNaN(place) ? 0 : Math.min(1, Math.max(0, place))
  }
  return [[inside(range.min), inside(range.max)]]
}
