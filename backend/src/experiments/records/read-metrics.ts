import type { DatabaseSync } from 'node:sqlite'
import type { MetricColumns } from '@secxops/protocol/experiments'
import { eachMetric } from './metric-blocks.ts'

/** Metrics after a row in columns; `trial`: only of that one. Numbers that are not finite are null. */
export function readMetrics(
  db: DatabaseSync,
  experiment: string,
  names: string[],
  { after = 0, trial, limit = 200_000 }: { after?: number; trial?: number; limit?: number },
): MetricColumns {
  const columns: MetricColumns = {
    row: after,
    complete: true,
    trial: [],
    name: [],
    names,
    step: [],
    value: [],
    time: [],
  }
  eachMetric(db, experiment, after, (row, of, name, step, value, time) => {
    if (columns.trial.length >= limit) {
      columns.complete = false
      return false
    }
    columns.row = row
    if (trial !== undefined && of !== trial) return true
    columns.trial.push(of)
    columns.name.push(name)
    columns.step.push(step)
    columns.value.push(Number.isFinite(value) ? value : null)
    columns.time.push(time)
    return true
  })
  return columns
}
