import type { TrialParameters } from '@secxops/protocol/experiments'
import type * as z from 'zod'

export type Json = z.infer<ReturnType<typeof z.json>>

/** One value of a trial made by hand: how it is asked for, and its text now. */
export interface HandField {
  name: string
  /** Values to choose from; absent: it is typed. */
  choices?: Json[]
  /** `number`: plain; `json`: anything, as JSON. */
  kind: 'number' | 'json'
  text: string
}

type Space = Record<string, unknown>

/** Fields for all that the space asks for and all that the trial had whose values it begins with. */
export function handFields(space: Space, from: TrialParameters): HandField[] {
  const names = [...new Set([...Object.keys(space), ...Object.keys(from)])]
  return names.map((name) => {
    const entry = entryOf(space[name])
    const value = name in from ? (from[name] as Json) : entry ? startValue(entry) : null
    const choices = entry?._type === 'choice' && entry._value.every((one) => !isObject(one)) ? entry._value : undefined
    const kind = typeof value === 'number' && !choices ? 'number' : 'json'
    return { name, kind, text: JSON.stringify(value), ...(choices ? { choices } : {}) }
  })
}

/** What the fields say; undefined for the value of a field whose text is no such value. */
export function handValue({ kind, text }: HandField): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    return kind === 'number' && typeof value !== 'number' ? undefined : value
  } catch {
    return undefined
  }
}

interface Entry {
  _type: string
  _value: Json[]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function entryOf(value: unknown): Entry | undefined {
  return isObject(value) && typeof value._type === 'string' && Array.isArray(value._value)
    ? { _type: value._type, _value: value._value }
    : undefined
}

/** A lawful value of an entry: its first choice, or the low end or mean of a range. */
function startValue({ _type, _value }: Entry): Json {
  const first = _value[0] ?? null
  if (_type !== 'choice' || !isObject(first)) return first
  return Object.fromEntries(
    Object.entries(first).map(([name, inner]) => {
      const entry = entryOf(inner)
      return [name, entry ? startValue(entry) : (inner as Json)]
    }),
  )
}
