import { shortNumber } from '../experiment/data/short-number.ts'

/** Three digits that count, with the unit that suits. `seconds` ≥ 0. */
export function timeText(seconds: number): string {
  if (seconds >= 100) return `${Math.round(seconds)} s`
  return seconds >= 1 ? `${short(seconds)} s` : `${short(seconds * 1000)} ms`
}

export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${short(bytes / 1e9)} GB`
  return bytes >= 1e6 ? `${short(bytes / 1e6)} MB` : `${short(bytes / 1e3)} kB`
}

const short = (value: number): string => shortNumber(Number(value.toPrecision(3)))
