import { type Table, typeOf } from './table.ts'

const DELIMITERS = [',', '\t', ';', '|']

/** First rows of CSV or its relatives. `complete`: `text` is the whole file, so that rows can be counted. */
export function previewDelimited(text: string, complete: boolean, limit: number): Table {
  const delimiter = sniff(text)
  const records = parse(text, delimiter, complete ? Number.POSITIVE_INFINITY : limit + 1, complete)
  const width = records.reduce((most, record) => Math.max(most, record.length), 0)
  const [first = []] = records
  const headed = hasHeader(records)
  const body = headed ? records.slice(1) : records
  const rows = body.slice(0, limit).map((record) => Array.from({ length: width }, (_, i) => record[i] || null))
  const columns = Array.from({ length: width }, (_, i) => ({
    name: (headed && first[i]) || `column ${i + 1}`,
    type: typeOf(rows.map((row) => row[i] ?? null)),
  }))
  const counted = complete ? { total: body.length } : {}
  return { kind: 'table', columns, rows, ...counted, truncated: !complete || body.length > rows.length }
}

/** The delimiter that splits the first records into the same number of cells, more of them first. */
function sniff(text: string): string {
  let best = ','
  let score = 0
  for (const delimiter of DELIMITERS) {
    const widths = parse(text, delimiter, 20, false).map((record) => record.length)
    const [width = 1] = widths
    const steady = widths.filter((other) => other === width).length / Math.max(1, widths.length)
    if (width > 1 && steady * Math.log2(width + 1) > score) {
      best = delimiter
      score = steady * Math.log2(width + 1)
    }
  }
  return best
}

/** A first record of names: none empty or a number, no two alike. */
function hasHeader([first = [], ...rest]: string[][]): boolean {
  if (first.some((cell) => cell.trim() === '' || Number.isFinite(Number(cell)))) {
    // An index column of a data frame has no name.
    return (
      first[0] === '' && rest.length > 0 && first.slice(1).every((cell) => cell !== '' && Number.isNaN(Number(cell)))
    )
  }
  return new Set(first).size === first.length
}

/** RFC 4180 with any line end; a quote inside an unquoted cell is text. Without `complete` a last record with no line end is left out. */
export function parse(text: string, delimiter: string, limit: number, complete: boolean): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length && records.length < limit) {
    const cell = text[at] === '"' ? quoted(text, at, delimiter) : plain(text, at, delimiter)
    record.push(cell.value)
    at = cell.end
    if (text[at] === delimiter) {
      at++
      if (at < text.length) continue
      record.push('')
    } else if (at >= text.length && !complete) break
    if (record.length > 1 || record[0] !== '') records.push(record)
    record = []
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
  return records
}

function plain(text: string, start: number, delimiter: string): { value: string; end: number } {
  let end = start
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(start, end), end }
}

function quoted(text: string, start: number, delimiter: string): { value: string; end: number } {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { value: value + text.slice(at), end: text.length }
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      const tail = plain(text, quote + 1, delimiter)
      return { value: value + tail.value, end: tail.end }
    }
    value += '"'
    at = quote + 2
  }
}
