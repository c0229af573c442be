import type { ExperimentDetail, Trial } from '@secxops/protocol/experiments'
import { COMMON } from '../../i18n/common.ts'
import { formatDuration } from '../../i18n/format.ts'
import type { Locale } from '../../i18n/translate.ts'
import { translator } from '../../i18n/translate.ts'
import { EXPERIMENT } from '../text.ts'
import type { Cell } from './cells.ts'
import { shortNumber } from './short-number.ts'
import type { TrialList, TrialRow } from './trial-list.ts'

/** Something of every trial that can be shown, sorted and filtered by. */
export interface TrialColumn {
  /** `number`, `state`, `final` … , `p:NAME` of a parameter, `f:NAME` of a further final value. */
  id: string
  label: string
  kind: 'number' | 'text'
  /** What it is sorted and filtered by. */
  cell(row: TrialRow): Cell | undefined
  /** How a value is shown. */
  show(value: Cell): string
}

/** Id of the column of a parameter. */
export const parameterColumn = (name: string): string => `p:${name}`

/** Whether a column's id is that of a parameter. */
export const isParameter = (id: string): boolean => id.startsWith('p:')

const showCell = (value: Cell): string => (typeof value === 'number' ? shortNumber(value) : value)

/** Milliseconds that a trial ran so far; undefined before its start. */
export function trialDuration(trial: Trial, now = Date.now()): number | undefined {
  if (!trial.startedAt) return undefined
  return (trial.endedAt ? Date.parse(trial.endedAt) : now) - Date.parse(trial.startedAt)
}

/** Name of the objective for people: NNI calls a plain number `default`. */
export const objectiveName = ({ metric }: ExperimentDetail['objective'], unnamed: string): string =>
  metric === 'default' ? unnamed : metric

/** All columns there are, in their first order. */
export function trialColumns(
  trials: TrialList,
  objective: ExperimentDetail['objective'],
  locale: Locale,
): readonly TrialColumn[] {
  const t = translator(EXPERIMENT, locale)
  const word = translator(COMMON, locale)
  const fixed = (
    id: string,
    label: string,
    cell: TrialColumn['cell'],
    kind: TrialColumn['kind'] = 'number',
    show = showCell,
  ): TrialColumn => ({ id, label, kind, cell, show })
  const metric = objectiveName(objective, t('objective'))
  return [
    fixed('number', t('trial'), ({ trial }) => trial.number),
    fixed('state', t('state'), ({ trial }) => word(trial.state), 'text'),
    fixed('final', metric, ({ trial }) => trial.final),
    ...trials.finals.map((name) => fixed(`f:${name}`, name, ({ trial }) => trial.finals?.[name])),
    fixed('last', t('lastOf', { name: metric }), ({ trial }) => trial.last),
    ...trials
      .parameters()
      .map(({ name, kind }) =>
        fixed(
          parameterColumn(name),
          name,
          kind === 'number' ? ({ cells }) => cells.get(name) : ({ cells }) => textOf(cells.get(name)),
          kind,
        ),
      ),
    fixed(
      'duration',
      t('duration'),
      ({ trial }) => trialDuration(trial),
      'number',
      (value) => formatDuration(Number(value)),
    ),
    fixed('reports', t('reports'), ({ trial }) => trial.reports),
    fixed(
      'started',
      t('started'),
      ({ trial }) => (trial.startedAt ? Date.parse(trial.startedAt) : undefined),
      'number',
      (value) => new Date(Number(value)).toLocaleTimeString(locale),
    ),
    fixed('source', t('source'), ({ trial }) => t(trial.source), 'text'),
  ]
}

const textOf = (cell: Cell | undefined): string | undefined => (cell === undefined ? undefined : String(cell))
