import type { DatabaseSync } from 'node:sqlite'
import type { ExperimentReport } from '@secxops/protocol/experiments'
import { statement } from '../../store/statement.ts'

export interface ReportRow {
  row: number
  /** ISO 8601. */
  at: string
  report: ExperimentReport
}

export function insertReport(db: DatabaseSync, experiment: string, { row, at, report }: ReportRow): void {
  statement(db, 'INSERT INTO experiment_reports (experiment, row, at, report) VALUES (?, ?, ?, ?)').run(
    experiment,
    row,
    at,
    JSON.stringify(report),
  )
}

export const reportsAfter = (db: DatabaseSync, experiment: string, after: number): ReportRow[] =>
  statement(db, 'SELECT row, at, report FROM experiment_reports WHERE experiment = ? AND row > ? ORDER BY row')
    .all(experiment, after)
    .map(({ row, at, report }) => ({
      row: Number(row),
      at: String(at),
      report: JSON.parse(String(report)) as ExperimentReport,
    }))
