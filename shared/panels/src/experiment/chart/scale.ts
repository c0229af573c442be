import { shortNumber } from '../data/short-number.ts'

/** A tick at its place on the axis, 0 to 1. */
export interface Tick {
  place: number
  label: string
}

/** Values of one axis and their places, 0 to 1. */
export interface Scale {
  place(value: number): number
  value(place: number): number
  /** About `count` ticks. */
  ticks(count: number): Tick[]
}

/** From `min` to `max`; where they are the same, around it. `whole`: ticks only at whole numbers, where there are two. */
export function linearScale(min: number, max: number, whole = false): Scale {
  const low = max > min ? min : min - (Math.abs(min) || 1) * 0.5
  const span = max > min ? max - min : Math.abs(min) || 1
  return {
    place: (value) => (value - low) / span,
    value: (place) => low + place * span,
    ticks(count) {
      const step = Math.max(niceStep(span / Math.max(1, count)), whole && span >= 1 ? 1 : 0)
      const ticks: Tick[] = []
      for (let n = Math.ceil(low / step - 1e-9); n * step <= low + span * (1 + 1e-9); n++) {
        const value = Number((n * step).toPrecision(12))
        ticks.push({ place: (value - low) / span, label: shortNumber(value) })
      }
      return ticks
    },
  }
}

/** By powers of ten; `min` must be above 0. */
export function logScale(min: number, max: number): Scale {
  const inner = linearScale(Math.log10(min), Math.log10(max))
  const ends = [inner.value(0), inner.value(1)] as const
  return {
    place: (value) => inner.place(Math.log10(value)),
    value: (place) => 10 ** inner.value(place),
    ticks(count) {
      const decades = ends[1] - ends[0]
      const few = count * 0.8
      const parts = decades + 1 >= few ? [1] : decades * 2 >= few ? [1, 3] : [1, 2, 5]
      const every = Math.max(1, Math.ceil(decades / count))
      const ticks: Tick[] = []
      for (let power = Math.floor(ends[0]); power <= ends[1]; power++) {
        if (power % every !== 0) continue
        for (const part of parts) {
          const value = part * 10 ** power
          const place = inner.place(Math.log10(value))
          if (place >= -1e-9 && place <= 1 + 1e-9) ticks.push({ place, label: shortNumber(value) })
        }
      }
      return ticks.length > 1 ? ticks : linearTicks(ends, inner)
    },
  }
}

/** Words at equal distances; a value is the index of its word. */
export function wordScale(words: readonly string[]): Scale {
  const last = Math.max(1, words.length - 1)
  // A single word stands in the middle.
  const shift = words.length === 1 ? 0.5 : 0
  return {
    place: (value) => value / last + shift,
    value: (place) => Math.round(Math.min(Math.max((place - shift) * last, 0), words.length - 1)),
    ticks: () => words.map((label, index) => ({ place: index / last + shift, label })),
  }
}

/** Within less than a few steps of a decade: plain numbers say more. */
function linearTicks([low, high]: readonly [number, number], inner: Scale): Tick[] {
  return linearScale(10 ** low, 10 ** high)
    .ticks(4)
    .map(({ label }) => ({ label, place: inner.place(Math.log10(Number(label))) }))
    .filter(({ place }) => Number.isFinite(place) && place >= 0 && place <= 1)
}

/** 1, 2 or 5 times a power of ten, not below `step`. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  const part = step / power
  return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10)
}

/** Smallest and largest finite value above `above`; undefined without any. */
export function extent(values: ArrayLike<number>, above = Number.NEGATIVE_INFINITY): [number, number] | undefined {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN
    if (!(value > above && value < Number.POSITIVE_INFINITY)) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? [min, max] : undefined
}
