import { SecxopsError } from '@secxops/protocol/errors'
import { DEFAULT_LEVELS } from '@secxops/protocol/label-words'
import type { LabelPath } from '@secxops/protocol/labels'
import { pathFault } from '../bases/label-name.ts'
import { normalised } from '../ranking/text-views.ts'
import { type RecordRow, readRecords, shapeOf } from './records.ts'

const LONGEST = 100_000

/** A text with its label, or why a row is none. */
export interface ReferenceRow {
  /** 1-based. */
  line: number
  text?: string
  path?: LabelPath
  /** Reason under which the row is counted as left out. */
  skipped?: 'no-text' | 'no-path' | 'bad-path' | 'not-read'
}

/**
 * References of a file: JSON Lines with `text` and `path`, or with the fields of a labelling's result (`category`, `subcategory`,
 * `source: {label, enum_value}`); CSV and TSV with `text` and a column a level, named as `levels` or as the result's fields. Rejects with
 * bad-request where the file cannot hold references at all.
 */
export async function* readReferences(
  path: string,
  levels: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ReferenceRow> {
  if (shapeOf(path) === 'text')
    throw new SecxopsError({
      code: 'bad-request',
      message: `References are read from JSON Lines (.jsonl), CSV or TSV; ${path} is none of them.`,
      where: { path },
    })
  let first = true
  for await (const row of readRecords(path, signal)) {
    if (first && row.value && !labelled(row.value, levels)) throw noLabels(path, Object.keys(row.value), levels)
    first &&= !row.value
    yield toReference(row, levels)
  }
}

function toReference({ line, value }: RecordRow, levels: readonly string[]): ReferenceRow {
  if (!value) return { line, skipped: 'not-read' }
  const text = typeof value.text === 'string' ? value.text.slice(0, LONGEST).trim() : ''
  if (normalised(text) === '') return { line, skipped: 'no-text' }
  const names = pathOf(value, levels)
  if (!names || names.length === 0) return { line, skipped: 'no-path' }
  return pathFault(names) ? { line, skipped: 'bad-path' } : { line, text, path: names }
}

/** Names from the broadest on; those after the first empty one are left out. Undefined where the row has none. */
function pathOf(value: Readonly<Record<string, unknown>>, levels: readonly string[]): string[] | undefined {
  if (Array.isArray(value.path))
    return value.path.every((name) => typeof name === 'string') ? filled(value.path) : undefined
  const named = cells(value)
  for (const names of [levels, DEFAULT_LEVELS]) {
    const path = names.map((name) => named.get(plain(name)))
    if (typeof path[0] === 'string') return filled(path)
  }
  return undefined
}

/** Cells by plain name. The lower levels of a result lie in `source`, or in columns that begin with it. */
function cells(value: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const source = isObject(value.source) ? value.source : {}
  const all = [...Object.entries(source), ...Object.entries(value)]
  return new Map(all.map(([name, cell]) => [plain(name).replace(/^source /, ''), cell]))
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')

function filled(names: readonly unknown[]): string[] {
  const texts = names.map((name) => (typeof name === 'string' ? name.trim() : ''))
  const end = texts.indexOf('')
  return end < 0 ? texts : texts.slice(0, end)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function labelled(value: Readonly<Record<string, unknown>>, levels: readonly string[]): boolean {
  return 'text' in value && ('path' in value || pathOf(value, levels) !== undefined)
}

const noLabels = (path: string, there: string[], levels: readonly string[]): SecxopsError =>
  new SecxopsError({
    code: 'bad-request',
    message: `${path} holds no references: a row needs "text" and either "path" or one column a level (${levels.join(', ')}). It has: ${there.slice(0, 20).join(', ')}.`,
    where: { path },
  })
