/** Plain data as YAML and JSON hold it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export const isMap = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Same data; the order of keys does not count, and a key with the value undefined counts as absent. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  if (!isMap(a) || !isMap(b)) return typeof a === 'number' && typeof b === 'number' && Object.is(a, b)
  const keys = (value: Record<string, Json>): string[] =>
    Object.keys(value).filter((key) => (value[key] as unknown) !== undefined)
  const left = keys(a)
  return left.length === keys(b).length && left.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
}

/** Own value of a key; safe for names like "constructor". */
export const own = <T>(record: Record<string, T> | undefined, key: string): T | undefined =>
  record && Object.hasOwn(record, key) ? record[key] : undefined
