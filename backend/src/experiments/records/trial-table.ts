import type { DatabaseSync } from 'node:sqlite'
import type { Trial } from '@secxops/protocol/experiments'
import { statement } from '../../store/statement.ts'

export function putTrial(db: DatabaseSync, experiment: string, trial: Trial, change: number): void {
  statement(
    db,
    `INSERT INTO experiment_trials (experiment, number, change, trial) VALUES (?, ?, ?, ?)
      ON CONFLICT (experiment, number) DO UPDATE SET change = excluded.change, trial = excluded.trial`,
  ).run(experiment, trial.number, change, JSON.stringify(trial))
}

/** In the order of their numbers. */
export const allTrials = (db: DatabaseSync, experiment: string): Trial[] =>
  statement(db, 'SELECT trial FROM experiment_trials WHERE experiment = ? ORDER BY number').all(experiment).map(toTrial)

export function readTrial(db: DatabaseSync, experiment: string, number: number): Trial | undefined {
  const row = statement(db, 'SELECT trial FROM experiment_trials WHERE experiment = ? AND number = ?').get(
    experiment,
    number,
  )
  return row && toTrial(row)
}

/** Trials that changed after `after`, in the order of their change, and the last change among them. */
export function changedTrials(
  db: DatabaseSync,
  experiment: string,
  after: number,
  limit: number,
): { trials: Trial[]; change: number } {
  const rows = statement(
    db,
    'SELECT change, trial FROM experiment_trials WHERE experiment = ? AND change > ? ORDER BY change LIMIT ?',
  ).all(experiment, after, limit)
  return { trials: rows.map(toTrial), change: Number(rows.at(-1)?.change ?? after) }
}

const toTrial = ({ trial }: Record<string, unknown>): Trial => JSON.parse(String(trial)) as Trial
