import { isMap, type Json } from '../json.ts'
import { isCombined, type SpaceEntry } from './space.ts'

/** Numbers from 0 to below 1. */
export type Random = () => number

/** The same numbers for the same seed. */
export function seeded(seed: number): Random {
  // Mulberry32: small, fast, and good enough for pictures and samples.
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A number of the normal distribution of mean 0 and deviation 1. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A number of a sound entry that is no choice, as NNI's Random draws it, and TPE and Evolution before they know anything. */
export function drawNumber({ type, value }: SpaceEntry, random: Random): number {
  const [first = 0, second = 0, q] = value as number[]
  if (type === 'randint') return first + Math.floor(random() * (second - first))
  const log = type.includes('log')
  if (type.includes('normal')) {
    const drawn = first + second * normal(random)
    return rounded(log ? Math.exp(drawn) : drawn, q)
  }
  const [low, high] = log ? [Math.log(first), Math.log(second)] : [first, second]
  const drawn = low + (high - low) * random()
  const result = rounded(log ? Math.exp(drawn) : drawn, q)
  return q === undefined ? result : Math.min(Math.max(result, first), second)
}

const rounded = (value: number, q: number | undefined): number => (q === undefined ? value : pythonRound(value / q) * q)

/** Python's `round`: halves go to the even neighbour. */
function pythonRound(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

/** One set of parameters out of sound entries, as a trial gets it; entries that are not sound are left out. */
export function drawOne(entries: readonly SpaceEntry[], random: Random): Record<string, Json> {
  const [only] = entries
  if (only && isCombined(only)) {
    const sets = only.value as Json[]
    const set = sets[Math.floor(random() * sets.length)]
    return isMap(set) ? set : {}
  }
  const drawn: Record<string, Json> = {}
  for (const entry of entries) if (entry.sound) drawn[entry.name] = drawValue(entry, random)
  return drawn
}

function drawValue(entry: SpaceEntry, random: Random): Json {
  if (entry.type !== 'choice') return drawNumber(entry, random)
  const values = entry.value as Json[]
  const at = Math.floor(random() * values.length)
  const branch = entry.branches?.[at]
  return branch ? { _name: branch.name, ...drawOne(branch.entries, random) } : (values[at] ?? null)
}

/** `count` sets of parameters, the same for the same seed. They may repeat: tuners leave repetitions out. */
export function drawSpace(entries: readonly SpaceEntry[], count: number, seed = 0): Record<string, Json>[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => drawOne(entries, random))
}
