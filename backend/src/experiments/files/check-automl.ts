import { AUTOML_METRICS } from '@secxops/protocol/experiment-choices'
import type { AutomlSettings } from '@secxops/protocol/experiment-file'
import { suggestion } from '@secxops/protocol/suggest'
import type { ProblemList } from './problem-list.ts'

/** AutoGluon's second names. */
const ALIASES = ['acc', 'mae', 'mape', 'mse', 'nll', 'rmse']

/** Tells of a metric that AutoGluon has not, or not for this problem; what the problem is may only be known from the column. */
export function checkAutoml({ metric, problem, label, exclude }: AutomlSettings, list: ProblemList): void {
  if (exclude?.includes(label))
    list.error(['automl', 'exclude'], `The column ${label} is to be predicted, so it cannot be excluded.`)
  if (metric === undefined || ALIASES.includes(metric)) return
  const known: string[] = [...new Set(problem ? AUTOML_METRICS[problem] : Object.values(AUTOML_METRICS).flat())]
  if (known.includes(metric)) return
  const what = problem ? `a metric of a ${problem} problem` : 'a metric of AutoGluon'
  list.error(
    ['automl', 'metric'],
    `${metric} is not ${what}.${suggestion(metric, known)} There are: ${known.join(', ')}.`,
  )
}
