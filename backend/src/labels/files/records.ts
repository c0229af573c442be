import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { parse } from 'csv-parse'
import { readLines, textHead } from './lines.ts'

/** Characters of one record; what is longer is no record of texts. */
const LONGEST = 16_000_000

/** One row of a table, or why it is none. */
export interface RecordRow {
  /** 1-based line in the file. */
  line: number
  value?: Readonly<Record<string, unknown>>
  /** In words. */
  problem?: string
}

export type FileShape = 'table' | 'json-lines' | 'text'

export function shapeOf(path: string): FileShape {
  const extension = extname(path).toLowerCase()
  if (extension === '.csv' || extension === '.tsv') return 'table'
  return extension === '.jsonl' || extension === '.ndjson' ? 'json-lines' : 'text'
}

/** Rows of a CSV, TSV or JSON Lines file with their keys. Rejects with no-such-file, or bad-request for a binary or broken file. */
export async function* readRecords(path: string, signal: AbortSignal): AsyncGenerator<RecordRow> {
  if (shapeOf(path) === 'table') yield* tableRows(path, signal)
  else yield* jsonRows(path, signal)
}

async function* jsonRows(path: string, signal: AbortSignal): AsyncGenerator<RecordRow> {
  for await (const { number: line, text } of readLines(path, LONGEST, signal)) {
    if (text.trim() === '') continue
    try {
      const value: unknown = JSON.parse(text)
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        yield { line, value: value as Record<string, unknown> }
      else yield { line, problem: 'no JSON object' }
    } catch {
      yield { line, problem: 'no JSON' }
    }
  }
}

async function* tableRows(path: string, signal: AbortSignal): AsyncGenerator<RecordRow> {
  const head = await textHead(path)
  const parser = createReadStream(path, { signal }).pipe(
    parse({
      bom: true,
      columns: true,
      delimiter: delimiterOf(head),
      info: true,
      max_record_size: LONGEST,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }),
  )
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>
      info: { lines: number }
    }>)
      yield { line: info.lines - lineEnds(record), value: record }
  } catch (error) {
    signal.throwIfAborted()
    throw new SecxopsError(
      {
        code: 'bad-request',
        message: `${path} is no table that can be read: ${(error as Error).message}`,
        where: { path },
      },
      { cause: error },
    )
  }
}

/** The one that the line of names has most of. */
function delimiterOf(head: string): string {
  const [names = ''] = head.split(/\r?\n/, 1)
  const times = (delimiter: string): number => names.split(delimiter).length
  return [',', '\t', ';', '|'].reduce((best, other) => (times(other) > times(best) ? other : best))
}

/** Line ends inside the cells of a row, which ends that many lines after it began. */
const lineEnds = (record: Readonly<Record<string, string>>): number =>
  Object.values(record).reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
