import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { seeded } from '@secxops/protocol/search-space/draw'
import { useEffect, useMemo, useRef, useState } from 'react'
import { valueScale } from '../chart/value-scale.ts'
import { isParameter, type TrialColumn } from '../data/columns.ts'
import { ranked } from '../data/share.ts'
import type { TrialRow } from '../data/trial-list.ts'
import { type Effects, effectsOf } from './effects.ts'
import { type BinnedFeature, binFeature } from './features.ts'
import { type Forest, growForest } from './forest.ts'

/** With fewer trials nothing can be said. */
export const FEWEST = 10
/** More trials are drawn from. */
const MOST = 1500
const TREES = 48
/** Milliseconds of work before others get their turn. */
const SLICE = 8

export type ForestState =
  | { state: 'few'; trials: number }
  | { state: 'growing'; share: number }
  /** `trials`: how many it learnt from. */
  | { state: 'ready'; forest: Forest; features: readonly BinnedFeature[]; effects: Effects; trials: number }

/**
 * A forest that foretells the objective from the parameters of these trials, grown in small slices of time. It is grown again when the
 * filters change, and with a tenth more trials.
 */
export function useForest(
  rows: readonly TrialRow[],
  columns: readonly TrialColumn[],
  objective: ExperimentDetail['objective'],
  filters: Readonly<Record<string, string>>,
): ForestState {
  const known = useMemo(() => ranked(rows, objective), [rows, objective])
  const enough = known.length >= FEWEST
  const basis = `${Math.floor(Math.log(Math.max(1, known.length)) / Math.log(1.1))} ${JSON.stringify(filters)}`
  const newest = useRef({ known, columns })
  newest.current = { known, columns }
  const [grown, setGrown] = useState<{ basis: string; state: ForestState }>()
  useEffect(() => {
    if (!enough) return
    const random = seeded(1)
    const drawn = drawRows(newest.current.known, random)
    const work = grow(drawn, newest.current.columns, random)
    let trees = 0
    const timer = { id: 0 }
    const step = (): void => {
      const end = performance.now() + SLICE
      while (performance.now() < end) {
        const { done, value } = work.next()
        if (done) {
          setGrown({ basis, state: value })
          return
        }
        trees++
      }
      setGrown((old) =>
        old?.state.state === 'ready' ? old : { basis, state: { state: 'growing', share: trees / TREES } },
      )
      timer.id = window.setTimeout(step)
    }
    timer.id = window.setTimeout(step)
    return () => window.clearTimeout(timer.id)
  }, [basis, enough])
  if (!enough) return { state: 'few', trials: known.length }
  return grown?.state ?? { state: 'growing', share: 0 }
}

interface Known {
  row: TrialRow
  value: number
}

function* grow(
  known: readonly Known[],
  columns: readonly TrialColumn[],
  random: () => number,
): Generator<void, ForestState> {
  const rows = known.map(({ row }) => row)
  const target = Float64Array.from(known, ({ value }) => value)
  const features = columns
    .filter(({ id }) => isParameter(id))
    .flatMap((column) => binFeature(valueScale(column, rows), rows, target) ?? [])
  const forest = yield* growForest(features, target, random, TREES)
  return { state: 'ready', forest, features, effects: effectsOf(forest, features), trials: rows.length }
}

/** All of them, or {@link MOST} drawn at random, in their order. */
function drawRows(known: readonly Known[], random: () => number): readonly Known[] {
  let wanted = Math.min(MOST, known.length)
  return known.filter((_, index) => {
    const take = random() * (known.length - index) < wanted
    if (take) wanted--
    return take
  })
}
