import { isParameter, type TrialColumn } from '../data/columns.ts'

/** Parameters that are shown at first. */
const FIRST = 12
/** Columns that are there only for those who ask. */
const ASIDE = ['reports', 'started', 'source', 'last']

/** Columns that are shown: those the reader chose, and of the others the fixed ones and the first parameters. */
export function visibleColumns(
  columns: readonly TrialColumn[],
  chosen: Readonly<Record<string, boolean>>,
): readonly TrialColumn[] {
  const first = new Set(columns.filter(({ id }) => isParameter(id)).slice(0, FIRST))
  return columns.filter((column) => {
    const atFirst = isParameter(column.id) ? first.has(column) : !ASIDE.includes(column.id)
    return chosen[column.id] ?? atFirst
  })
}
