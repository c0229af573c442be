import { useMemo } from 'react'
import { type ValueScale, valueScale } from '../chart/value-scale.ts'
import { isParameter, type TrialColumn } from '../data/columns.ts'
import { ranked } from '../data/share.ts'
import type { TrialRow } from '../data/trial-list.ts'
import type { ShownTrials } from '../data/use-trials.ts'
import { usePage } from '../page-state.ts'

export interface Slice {
  /** Parameters there are. */
  parameters: readonly TrialColumn[]
  /** The one along x; undefined where there are no parameters. */
  a: ValueScale | undefined
  /** The one along y; undefined: the objective. */
  b: ValueScale | undefined
  /** Trials with a final value that have the parameters, and their places there. */
  trials: { row: TrialRow; value: number; share: number; x: number; y: number }[]
}

/** Trials over one parameter and the objective, or over two parameters. */
export function useSlice({ rows, columns, objective }: ShownTrials): Slice {
  const { sliced, log } = usePage()
  const parameters = useMemo(() => columns.filter(({ id }) => isParameter(id)), [columns])
  return useMemo(() => {
    const known = ranked(rows, objective)
    const scaleOf = (column: TrialColumn | undefined): ValueScale | undefined =>
      column && valueScale(column, rows, log[column.id])
    const a = scaleOf(parameters.find(({ id }) => id === sliced[0]) ?? parameters[0])
    const b = scaleOf(parameters.find(({ id }) => id === sliced[1] && id !== a?.column.id))
    const trials = known
      .map((one) => ({ ...one, x: a?.number(one.row) ?? Number.NaN, y: b ? b.number(one.row) : one.value }))
      .filter(({ x, y }) => !Number.isNaN(x) && !Number.isNaN(y))
    return { parameters, a, b, trials }
  }, [rows, objective, parameters, sliced, log])
}
