import type { Json } from '@secxops/protocol/json'
import type { SpaceType } from '@secxops/protocol/search-space/space'

/** Sensible values of a parameter that becomes another kind: what can be kept of `before` is. */
export function convertValues(before: Json, type: SpaceType): Json[] {
  const numbers = (Array.isArray(before) ? before : []).filter((value): value is number => typeof value === 'number')
  const known = numbers.length >= 2 ? [Math.min(...numbers), Math.max(...numbers)] : undefined
  if (type === 'choice') return choices(before, numbers)
  if (type === 'randint') {
    const low = Math.floor(known?.[0] ?? 0)
    return [low, Math.max(low + 1, Math.ceil(known?.[1] ?? 10))]
  }
  if (type.includes('normal')) {
    const [low = -1, high = 1] = known ?? []
    const log = type.includes('log')
    const mean = log ? 0 : round((low + high) / 2)
    const step = type.startsWith('q') ? [1] : []
    return [mean, log ? 1 : round((high - low) / 6) || 1, ...step]
  }
  const log = type.includes('log')
  const [least, high] = spread(known ?? (log ? [0.0001, 0.1] : type.startsWith('q') ? [1, 10] : [0, 1]))
  const low = log && least < SMALLEST ? round(high > SMALLEST ? high / 1000 : 0.001) : least
  const top = Math.max(high, low + (log ? low : 1e-9))
  return type.startsWith('q') ? [low, top, step(low, top)] : [low, top]
}

function choices(before: Json, numbers: number[]): Json[] {
  if (Array.isArray(before) && before.length > 0 && before.length === numbers.length) return [...new Set(numbers)]
  return Array.isArray(before) && before.some((value) => typeof value === 'string') ? before : [1, 2]
}

/** What is below has no place on a logarithmic scale; a thousandth of it is still above 0. */
const SMALLEST = 1e-300

const spread = ([low = 0, high = 1]: number[]): [number, number] => (low < high ? [low, high] : [low, low + 1])

/** 1 between whole numbers, else about a tenth. */
function step(low: number, high: number): number {
  if (Number.isInteger(low) && Number.isInteger(high) && high - low <= 1000) return 1
  return 10 ** Math.floor(Math.log10((high - low) / 10))
}

const round = (value: number): number => Number(value.toPrecision(3))
