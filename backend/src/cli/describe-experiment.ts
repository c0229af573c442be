import type { ExperimentDetail, ExperimentSummary, Trial } from '@secxops/protocol/experiments'
import { duration, plural, table, time } from './format.ts'
import { errorText } from './output.ts'

/** At most six digits that count. */
const number = (value: number | undefined): string => (value === undefined ? '' : String(Number(value.toPrecision(6))))

const trialCounts = ({ trials }: ExperimentSummary): string => {
  const { total, limit, running, succeeded, failed, stoppedEarly, skipped = 0 } = trials
  const parts = [
    limit === undefined ? plural(total, 'trial') : `${total} of ${limit} trials`,
    running > 0 ? `${running} running` : '',
    `${succeeded} succeeded`,
    failed > 0 ? `${failed} failed` : '',
    stoppedEarly > 0 ? `${stoppedEarly} stopped early` : '',
    skipped > 0 ? `${skipped} skipped` : '',
  ]
  return parts.filter(Boolean).join(', ')
}

/** A line of what goes on. */
export function progressOf(experiment: ExperimentSummary): string {
  const { state, detail, trials, best } = experiment
  if (state === 'preparing' && trials.total === 0) return detail ? `preparing: ${detail}` : 'preparing'
  return `${state}: ${trialCounts(experiment)}${best ? `, best ${number(best.value)} (trial ${best.trial})` : ''}`
}

export function experimentTable(list: readonly ExperimentSummary[]): string {
  if (list.length === 0) return 'No experiment yet. Start one: secxops experiment run NAME.experiment.yaml'
  const rows = list.map((one) => [
    one.id,
    one.kind,
    one.method,
    one.state,
    `${one.trials.total}${one.trials.limit === undefined ? '' : ` of ${one.trials.limit}`}`,
    number(one.best?.value),
    time(one.createdAt),
  ])
  return table([['EXPERIMENT', 'KIND', 'METHOD', 'STATE', 'TRIALS', 'BEST', 'STARTED'], ...rows])
}

/** `best`: the trial with the best result, when there is one. */
export function describeExperiment(experiment: ExperimentDetail, best?: Trial): string {
  const { id, name, kind, method, state, detail, error, objective } = experiment
  const lines = [
    `${name} (${id})`,
    `  ${kind}, ${method}: ${state}${detail ? `, ${detail}` : ''}, ${duration(experiment.duration * 1000)}`,
    `  ${objective.direction} ${objective.metric}`,
    `  ${trialCounts(experiment)}`,
  ]
  if (best) {
    lines.push(`  best: ${number(best.final)} (trial ${best.number})`)
    lines.push(...Object.entries(best.parameters).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`))
  }
  if (best && kind !== 'hpo') lines.push(`  keep it as a model: secxops experiment save ${id}`)
  if (error) lines.push(errorText(error))
  return lines.join('\n')
}

/** Trials in a table, the best first where they have results. */
export function trialTable(trials: readonly Trial[], direction: 'maximize' | 'minimize'): string {
  if (trials.length === 0) return 'No trial yet.'
  const names = [...new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)))]
  const sign = direction === 'maximize' ? -1 : 1
  const rank = ({ final }: Trial): number => (final === undefined ? Number.POSITIVE_INFINITY : sign * final)
  const sorted = trials.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)
  const rows = sorted.map((trial) => [
    String(trial.number),
    trial.state,
    number(trial.final),
    ...names.map((name) => shortValue(trial.parameters[name])),
    reasonOf(trial),
  ])
  return table([['TRIAL', 'STATE', 'RESULT', ...names, ''], ...rows])
}

/** Why a trial has no result, in a few words. */
export function reasonOf({ stopped, error }: Trial): string {
  if (!stopped) return error?.message ?? ''
  const { rule, step, value, limit, trials } = stopped
  const against = limit === undefined ? '' : ` against ${number(limit)}`
  const from = trials ? ` of ${plural(trials.length, 'trial')}` : ''
  return `${rule} at step ${step}: ${number(value)}${against}${from}`
}

const shortValue = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'number' ? number(value) : JSON.stringify(value)
