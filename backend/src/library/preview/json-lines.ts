import { type Cell, type Table, toCell, typeOf } from './table.ts'

/** First rows of JSON lines; the columns are the keys seen, in their order. A line that is no object stands in a column `value`. */
export function previewJsonLines(text: string, complete: boolean, limit: number): Table {
  const lines = text.split('\n')
  if (!complete) lines.pop()
  const filled = lines.filter((line) => line.trim() !== '')
  const records = filled.slice(0, limit).map(readLine)
  const names = [...new Set(records.flatMap((record) => [...record.keys()]))]
  const rows = records.map((record) => names.map((name) => record.get(name) ?? null))
  const columns = names.map((name, i) => ({ name, type: typeOf(rows.map((row) => row[i] ?? null)) }))
  const counted = complete ? { total: filled.length } : {}
  return { kind: 'table', columns, rows, ...counted, truncated: !complete || filled.length > rows.length }
}

function readLine(line: string): Map<string, Cell> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map([['value', toCell(value)]])
    return new Map(Object.entries(value).map(([name, inner]) => [name, toCell(inner)]))
  } catch {
    return new Map([['value', line]])
  }
}
