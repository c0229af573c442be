import { useMemo } from 'react'
import { type ValueScale, valueScale } from '../chart/value-scale.ts'
import { isParameter } from '../data/columns.ts'
import { ranked } from '../data/share.ts'
import type { TrialRow } from '../data/trial-list.ts'
import type { ShownTrials } from '../data/use-trials.ts'
import { usePage } from '../page-state.ts'
import type { ParallelLine } from './draw-parallel.ts'

/** Axes that are shown at first at most; others are put there by the reader. */
const AXES = 10

export interface ParallelModel {
  axes: readonly ValueScale[]
  /** Ids of the columns that could be axes and are none. */
  left: string[]
  lines: ParallelLine[]
  rest: ParallelLine[]
  /** For each axis whether some trial has no value there. */
  missing: boolean[]
}

/** The axes in the reader's order and the trials as lines over them. */
export function useAxes({ all, rows, columns, objective }: ShownTrials): ParallelModel {
  const page = usePage()
  const ids = useMemo(() => {
    const known = [...columns.map(({ id }) => id).filter(isParameter), 'final']
    const wanted = page.axes.filter((id) => known.includes(id))
    const shown = wanted.length > 0 ? wanted : [...known.slice(0, -1).slice(0, AXES), 'final']
    return { shown, left: known.filter((id) => !shown.includes(id)) }
  }, [page.axes, columns])
  const axes = useMemo(
    () =>
      ids.shown.flatMap((id) => {
        const column = columns.find((one) => one.id === id)
        return column ? [valueScale(column, all, page.log[id])] : []
      }),
    [ids, columns, all, page.log],
  )
  return useMemo(() => {
    const shares = new Map(ranked(all, objective).map(({ row, share }) => [row, share]))
    const lineOf = (row: TrialRow): ParallelLine => ({
      trial: row.trial.number,
      places: Float32Array.from(axes, (axis) => axis.scale.place(axis.number(row))),
      share: shares.get(row),
    })
    const kept = new Set(rows)
    const rest = all.length === rows.length ? [] : all.filter((row) => !kept.has(row)).map(lineOf)
    const lines = rows.map(lineOf).sort((a, b) => (a.share ?? -1) - (b.share ?? -1))
    const missing = axes.map((_, at) => [...lines, ...rest].some(({ places }) => Number.isNaN(places[at])))
    return { axes, left: ids.left, lines, rest, missing }
  }, [all, rows, objective, axes, ids])
}
