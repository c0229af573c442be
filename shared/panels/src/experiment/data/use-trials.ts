import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { useMemo } from 'react'
import { useLocale } from '../../i18n/text.ts'
import { usePage } from '../page-state.ts'
import { type TrialColumn, trialColumns } from './columns.ts'
import type { ExperimentStore } from './experiment-store.ts'
import { filterRows } from './filter.ts'
import type { TrialRow } from './trial-list.ts'
import { useExperiment } from './use-experiment.ts'

export interface ShownTrials {
  store: ExperimentStore
  objective: ExperimentDetail['objective']
  columns: readonly TrialColumn[]
  /** All trials by number. */
  all: readonly TrialRow[]
  /** Those that the page's filters let through, by number. */
  rows: readonly TrialRow[]
}

/** What is known before the first answer: parts are shown after it. */
const UNKNOWN = { metric: '', direction: 'maximize' } as const

/** Trials as the page's filters show them, kept up to date. */
export function useTrials(): ShownTrials {
  const { store } = useExperiment('trials')
  const { filters } = usePage()
  const locale = useLocale()
  const { trials } = store
  const all = trials.rows
  const { metric, direction } = store.detail?.objective ?? UNKNOWN
  const objective = useMemo(() => ({ metric, direction }), [metric, direction])
  const columns = useMemo(
    () => (all === trials.rows ? trialColumns(trials, objective, locale) : []),
    [trials, all, objective, locale],
  )
  const rows = useMemo(() => filterRows(all, columns, filters), [all, columns, filters])
  return { store, objective, columns, all, rows }
}
