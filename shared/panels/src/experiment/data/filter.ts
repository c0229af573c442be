import type { TrialColumn } from './columns.ts'
import type { TrialRow } from './trial-list.ts'

type Test = (value: number | string) => boolean

/**
 * What a filter's text says. Numbers: `0.1..1`, `>0.5`, `<=3`, `5`. Texts: part of it, whatever the case; `=relu` the whole; several with
 * `|` between. Undefined: the text says nothing lawful.
 */
export function parseFilter(text: string, kind: TrialColumn['kind']): Test | undefined {
  if (kind === 'number') return numberTest(text.trim())
  const terms = text
    .split('|')
    .map((term) => term.trim())
    .filter(Boolean)
  const tests = terms.map((term): Test => {
    if (term.startsWith('=')) return (value) => value === term.slice(1)
    const part = term.toLowerCase()
    return (value) => String(value).toLowerCase().includes(part)
  })
  return tests.length > 0 ? (value) => tests.some((test) => test(value)) : undefined
}

/** Text of a filter for a range, as {@link parseFilter} takes it; infinite ends are open. */
export function rangeFilter(min: number, max: number): string {
  const round = (value: number): number => Number(value.toPrecision(4))
  if (min === Number.NEGATIVE_INFINITY) return `<=${round(max)}`
  if (max === Number.POSITIVE_INFINITY) return `>=${round(min)}`
  return `${round(min)}..${round(max)}`
}

/** Text of a filter for some whole texts. */
export const textFilter = (texts: readonly string[]): string => texts.map((text) => `=${text}`).join(' | ')

/** The ends of what a number filter lets through, for drawing it; undefined where it is none. */
export function filterRange(text: string): { min: number; max: number } | undefined {
  const range = /^\s*(\S+?)\s*\.\.\s*(\S+)\s*$/.exec(text)
  if (range) return ends(Number(range[1]), Number(range[2]))
  const compared = /^\s*([<>])=?\s*(\S+)\s*$/.exec(text)
  if (compared)
    return compared[1] === '<'
      ? ends(Number.NEGATIVE_INFINITY, Number(compared[2]))
      : ends(Number(compared[2]), Number.POSITIVE_INFINITY)
  return text.trim() === '' ? undefined : ends(Number(text), Number(text))
}

const ends = (min: number, max: number): { min: number; max: number } | undefined =>
  Number.isNaN(min) || Number.isNaN(max) ? undefined : { min, max }

function numberTest(text: string): Test | undefined {
  const range = filterRange(text)
  if (!range) return undefined
  const { min, max } = range
  if (/^<[^=]/.test(text)) return (value) => Number(value) < max
  if (/^>[^=]/.test(text)) return (value) => Number(value) > min
  return (value) => Number(value) >= min && Number(value) <= max
}

/** Rows that every lawful filter lets through; a row without a value fails the filter of its column. */
export function filterRows(
  rows: readonly TrialRow[],
  columns: readonly TrialColumn[],
  filters: Readonly<Record<string, string>>,
): readonly TrialRow[] {
  const tests = columns.flatMap((column) => {
    const test = filters[column.id] && parseFilter(filters[column.id] ?? '', column.kind)
    return test ? [{ column, test }] : []
  })
  if (tests.length === 0) return rows
  return rows.filter((row) =>
    tests.every(({ column, test }) => {
      const value = column.cell(row)
      return value !== undefined && test(value)
    }),
  )
}
