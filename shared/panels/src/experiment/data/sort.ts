import type { TrialColumn } from './columns.ts'
import type { TrialRow } from './trial-list.ts'

/** Rows by the values of a column; without a value last in either direction, equal ones as they were. */
export function sortRows(rows: readonly TrialRow[], column: TrialColumn, descending: boolean): readonly TrialRow[] {
  const keys = rows.map((row) => column.cell(row))
  const known: number[] = []
  const unknown: TrialRow[] = []
  for (const [index, row] of rows.entries()) {
    const key = keys[index]
    if (key === undefined || Number.isNaN(key)) unknown.push(row)
    else known.push(index)
  }
  const sign = descending ? -1 : 1
  if (column.kind === 'number') {
    const numbers = Float64Array.from(keys, Number)
    known.sort((a, b) => sign * ((numbers[a] ?? 0) - (numbers[b] ?? 0)))
  } else {
    // Texts are few and long compared with rows: each is compared once.
    const texts = [...new Set(known.map((index) => String(keys[index])))].sort((a, b) => a.localeCompare(b))
    const place = new Map(texts.map((text, index) => [text, index]))
    const places = keys.map((key) => place.get(String(key)) ?? 0)
    known.sort((a, b) => sign * ((places[a] ?? 0) - (places[b] ?? 0)))
  }
  return [...known.map((index) => rows[index] as TrialRow), ...unknown]
}
