import { DEFAULT_LEVELS } from '@secxops/protocol/label-words'
import { parse } from 'csv-parse/sync'
import { shown } from '../bases/label-name.ts'
import { type Outline, OutlineBuilder, refusal } from './taxonomy-outline.ts'

interface Cells {
  /** 1-based. */
  line: number
  cells: string[]
}

/**
 * Labels of a CSV text (or with tabs, semicolons or bars) whose first row names the columns: one a level, the broadest first, and maybe
 * `description`. Where some columns are named as `levels`, the others are not read. A cell that is empty at the beginning of a row is that of
 * the row above; one that is empty at the end ends the path. Throws bad-request or bad-name.
 */
export function taxonomyOfTable(text: string, levels: readonly string[]): Outline {
  const [head, ...rows] = readCells(text)
  const builder = new OutlineBuilder()
  if (!head) return builder.outline()
  const names = head.cells.map((cell) => cell.trim())
  const description = names.findIndex((name) => folded(name) === 'description')
  const columns = levelColumns(names, levels, description)
  const ignored = names.filter((_, at) => at !== description && !columns.includes(at))
  if (ignored.length > 0) builder.warn(head.line, `${ignored.map(shown).join(', ')} is no level and was not read.`)
  builder.levels = columns.map((at, level) => names[at] || `level ${level + 1}`)
  let above: string[] = []
  for (const { line, cells } of rows) {
    const path = pathOf(
      columns.map((at) => cells[at]?.trim() ?? ''),
      above,
      line,
    )
    if (path.length === 0) continue
    above = path
    let node = -1
    for (const name of path) node = builder.ensure(node, name, line)
    if (description >= 0) builder.describe(node, cells[description]?.trim() ?? '')
  }
  return builder.outline()
}

function readCells(text: string): Cells[] {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return rows.map(({ record, info }) => ({ line: info.lines - lineEnds(record), cells: record }))
  } catch (error) {
    throw refusal((error as { lines?: number }).lines ?? 1, `This is no table: ${(error as Error).message}.`)
  }
}

function pathOf(cells: readonly string[], above: readonly string[], line: number): string[] {
  const first = cells.findIndex((cell) => cell !== '')
  if (first < 0) return []
  if (first > above.length) throw refusal(line, 'Its first cells are empty, and so are those of the row above.')
  const path = [...above.slice(0, first), ...cells.slice(first)]
  while (path.at(-1) === '') path.pop()
  const gap = path.indexOf('')
  if (gap >= 0) throw refusal(line, `Column ${gap + 1} is empty, but one behind it is not.`)
  return path
}

function levelColumns(names: readonly string[], levels: readonly string[], description: number): number[] {
  const known = new Set([...levels, ...DEFAULT_LEVELS].map(folded))
  const isLevel = (name: string): boolean => known.has(folded(name)) || /^level \d+$/.test(folded(name))
  const all = names.map((_, at) => at).filter((at) => at !== description)
  const named = all.filter((at) => isLevel(names[at] ?? ''))
  return named.length > 0 ? named : all
}

/** `Enum_Value` and `enum value` are one. */
function folded(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
}

/** The one that the first line has most of. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1)
  const times = (delimiter: string): number => line.split(delimiter).length
  return [',', '\t', ';', '|'].reduce((best, other) => (times(other) > times(best) ? other : best))
}

/** Line ends inside the cells of a row, which ends that many lines after it began. */
function lineEnds(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}
