import type { Cell } from '../data/cells.ts'
import type { TrialColumn } from '../data/columns.ts'
import type { TrialRow } from '../data/trial-list.ts'

export interface ComparedRow {
  id: string
  label: string
  cells: (Cell | undefined)[]
  /** As they are shown; '' where a trial has none. */
  texts: string[]
  /** Not all the same. */
  differs: boolean
}

/** One row a column of the table, one cell a trial; rows that no trial has a value for are left out. */
export function compareTrials(columns: readonly TrialColumn[], trials: readonly TrialRow[]): ComparedRow[] {
  return columns
    .filter(({ id }) => id !== 'number')
    .map((column) => {
      const cells = trials.map((row) => column.cell(row))
      return {
        id: column.id,
        label: column.label,
        cells,
        texts: cells.map((cell) => (cell === undefined ? '' : column.show(cell))),
        differs: cells.some((cell) => cell !== cells[0]),
      }
    })
    .filter(({ cells }) => cells.some((cell) => cell !== undefined))
}
