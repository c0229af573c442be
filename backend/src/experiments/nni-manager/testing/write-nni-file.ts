import { DatabaseSync } from 'node:sqlite'
import type { Json } from '@secxops/protocol/json'

/** A row of NNI's database: an event of a trial, or a metric that it reported. */
export type NniEvent =
  | { time: number; job: string; event: string; data?: string; sequence?: number }
  | { time: number; job: string; metric: string; step: number; value: number; parameters: string | null }

/** Writes an `nni.sqlite` as NNI 3.0 does. `params`: settings beside those of a search by TPE. */
export function writeNniFile(path: string, rows: NniEvent[], params: Record<string, Json> = {}): void {
  const db = new DatabaseSync(path)
  db.exec(`
    CREATE TABLE TrialJobEvent (timestamp integer, trialJobId text, event text, data text, logPath text, sequenceId integer, message text, environmentId text);
    CREATE TABLE MetricData (timestamp integer, trialJobId text, parameterId text, type text, sequence integer, data text);
    CREATE TABLE ExperimentProfile (params text, id text, execDuration integer, startTime integer, endTime integer, logDir text, nextSequenceId integer, revision integer);
    BEGIN`)
  const event = db.prepare(
    'INSERT INTO TrialJobEvent (timestamp, trialJobId, event, data, sequenceId) VALUES (?, ?, ?, ?, ?)',
  )
  const metric = db.prepare('INSERT INTO MetricData VALUES (?, ?, ?, ?, ?, ?)')
  for (const row of rows)
    if ('event' in row) event.run(row.time, row.job, row.event, row.data ?? null, row.sequence ?? null)
    else metric.run(row.time, row.job, row.parameters, row.metric, row.step, JSON.stringify(JSON.stringify(row.value)))
  const all = {
    experimentName: 'try',
    searchSpace: { x: { _type: 'uniform', _value: [0, 1] } },
    tuner: { name: 'TPE', classArgs: { optimize_mode: 'maximize' } },
    ...params,
  }
  db.prepare('INSERT INTO ExperimentProfile VALUES (?, ?, 12, 1000, 9000, ?, 0, 3)').run(JSON.stringify(all), 'id', '/')
  db.exec('COMMIT')
  db.close()
}
