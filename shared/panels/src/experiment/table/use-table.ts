import { useMemo } from 'react'
import type { TrialColumn } from '../data/columns.ts'
import { sortRows } from '../data/sort.ts'
import type { TrialRow } from '../data/trial-list.ts'
import { useTrials } from '../data/use-trials.ts'
import { usePage } from '../page-state.ts'
import { visibleColumns } from './visible-columns.ts'

export interface Table {
  columns: readonly TrialColumn[]
  /** Columns that are shown. */
  shown: readonly TrialColumn[]
  rows: readonly TrialRow[]
  /** How many trials there are without filters. */
  total: number
}

/** Columns and rows of the table as the page's state shows them. */
export function useTable(): Table {
  const { columns, rows, all } = useTrials()
  const { sort, columns: chosen } = usePage()
  const shown = useMemo(() => visibleColumns(columns, chosen), [columns, chosen])
  const sorted = useMemo(() => {
    const column = columns.find(({ id }) => id === sort.column)
    return column ? sortRows(rows, column, sort.descending) : rows
  }, [rows, columns, sort])
  return { columns, shown, rows: sorted, total: all.length }
}
