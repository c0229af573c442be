import type { Preview } from '@secxops/protocol/library'

/** A table preview without the name of its file. */
export type Table = Omit<Extract<Preview, { kind: 'table' }>, 'file'>
export type Cell = Table['rows'][number][number]

const DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** Type of a column by the values seen: integer, number, boolean, date or string. Empty cells say nothing. */
export function typeOf(values: Cell[]): string {
  const seen = values.filter((value) => value !== null && value !== '')
  const every = (fits: (value: Cell) => boolean): boolean => seen.length > 0 && seen.every(fits)
  if (every((value) => /^[+-]?\d+$/.test(String(value)))) return 'integer'
  if (every((value) => typeof value !== 'boolean' && String(value).trim() !== '' && Number.isFinite(Number(value)))) {
    return 'number'
  }
  if (every((value) => /^(true|false)$/i.test(String(value)))) return 'boolean'
  if (every((value) => DATE.test(String(value)))) return 'date'
  return 'string'
}

/** What a cell can show of any value: nested things as JSON, numbers that JSON cannot hold as text. */
export function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return fromBigInt(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? fromBigInt(inner) : inner)) ?? null
}

const fromBigInt = (value: bigint): number | string =>
  Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
