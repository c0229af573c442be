import { SecxopsError } from '@secxops/protocol/errors'
import type { TextsIn } from '@secxops/protocol/labels'
import { suggestion } from '@secxops/protocol/suggest'
import { readLines } from './lines.ts'
import { readRecords, shapeOf } from './records.ts'

/** Characters of a text that are kept; an answer comes from far fewer. */
const LONGEST = 100_000
const DEFAULT_COLUMN = 'text'

/** A text of a file, or why a row has none. */
export interface FileText {
  /** 1-based. */
  line: number
  text?: string
  /** Reason under which the row is counted as left out. */
  skipped?: 'no-text' | 'no-match' | 'not-read'
}

/**
 * The texts of a file that are to be labelled, in its order. Rejects with no-such-file, or with bad-request: a binary file, a column that
 * is not there (naming those that are), a pattern that is none.
 */
export async function* readTexts(path: string, where: TextsIn, signal: AbortSignal): AsyncGenerator<FileText> {
  const match = await matcher(where.pattern)
  for await (const row of shapeOf(path) === 'text' ? linesOf(path, where, signal) : cellsOf(path, where, signal)) {
    if (row.text === undefined) yield row
    else {
      const text = match(row.text)?.trim()
      if (text === undefined) yield { line: row.line, skipped: 'no-match' }
      else yield text === '' ? { line: row.line, skipped: 'no-text' } : { line: row.line, text }
    }
  }
}

async function* linesOf(path: string, where: TextsIn, signal: AbortSignal): AsyncGenerator<FileText> {
  if (where.column !== undefined)
    throw new SecxopsError({
      code: 'bad-request',
      message: `${path} is read line by line and has no columns. Leave the column out, or name a CSV, TSV or JSON Lines file.`,
      where: { path },
    })
  for await (const { number, text } of readLines(path, LONGEST, signal)) yield { line: number, text }
}

async function* cellsOf(path: string, where: TextsIn, signal: AbortSignal): AsyncGenerator<FileText> {
  const column = where.column ?? DEFAULT_COLUMN
  let first = true
  for await (const { line, value } of readRecords(path, signal)) {
    if (!value) {
      yield { line, skipped: 'not-read' }
      continue
    }
    if (first && !Object.hasOwn(value, column)) throw noColumn(path, column, Object.keys(value))
    first = false
    const cell = value[column]
    if (cell === undefined || cell === null || typeof cell === 'object') yield { line, skipped: 'no-text' }
    else yield { line, text: String(cell).slice(0, LONGEST) }
  }
}

function noColumn(path: string, column: string, there: string[]): SecxopsError {
  const shown = there.slice(0, 20).join(', ')
  return new SecxopsError({
    code: 'bad-request',
    message: `${path} has no column ${JSON.stringify(column)}.${suggestion(column, there)} It has: ${shown}${there.length > 20 ? ', …' : ''}.`,
    where: { path, field: 'texts.column' },
  })
}

/** RE2: takes time in proportion to the text, whatever the pattern. The engine is loaded only where there is a pattern. */
async function matcher(pattern: string | undefined): Promise<(text: string) => string | undefined> {
  if (pattern === undefined) return (text) => text
  const { RE2JS } = await import('re2js')
  const compiled = await Promise.resolve()
    .then(() => RE2JS.compile(pattern))
    .catch((error: unknown) => {
      throw new SecxopsError({
        code: 'bad-request',
        message: `The pattern ${JSON.stringify(pattern)} is not understood (RE2 syntax): ${(error as Error).message}`,
        where: { field: 'texts.pattern' },
      })
    })
  const group = compiled.groupCount() > 0 ? 1 : 0
  return (text) => {
    const found = compiled.matcher(text)
    return found.find() ? (found.group(group) ?? '') : undefined
  }
}
