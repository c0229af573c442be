import { DatabaseSync } from 'node:sqlite'
import { isMap, type Json } from '@secxops/protocol/json'

/** Something that happened to a trial of NNI's manager. */
export interface EventRow {
  row: number
  /** Milliseconds since the epoch. */
  time: number
  /** NNI's id of the trial; empty for what belongs to none. */
  job: string
  /** A status (WAITING, RUNNING, SUCCEEDED …), or USER_TO_CANCEL, ADD_CUSTOMIZED, ADD_RESUMED, ADD_HYPERPARAMETER, IMPORT_DATA. */
  event: string
  /** JSON of the parameters, on the first event of a trial. */
  data: string | null
  sequence: number | null
}

export interface MetricRow {
  row: number
  time: number
  /** The trial whose process reported it. */
  job: string
  /** Id of the parameters which that process had; null: given by hand. */
  parameters: string | null
  type: string
  sequence: number
  data: string
}

/** Newest profile of the experiment. */
export interface Profile {
  params: Record<string, Json>
  /** Seconds. */
  duration: number
  endTime: number | null
}

const COLUMNS: Record<string, string[]> = {
  TrialJobEvent: ['timestamp', 'trialJobId', 'event', 'data', 'sequenceId'],
  MetricData: ['timestamp', 'trialJobId', 'parameterId', 'type', 'sequence', 'data'],
  ExperimentProfile: ['params', 'execDuration', 'endTime', 'revision'],
}

/** Reads a manager's `nni.sqlite`, while it is written or afterwards. */
export class NniDatabase {
  readonly #db: DatabaseSync

  /** Throws what SQLite says when there is no database. */
  constructor(path: string) {
    this.#db = new DatabaseSync(path, { readOnly: true, timeout: 2000 })
  }

  /** Columns that NNI's database has and this one lacks, as `table.column`; those of views and virtual tables do not count. */
  missing(): string[] {
    return Object.entries(COLUMNS).flatMap(([table, columns]) => {
      const there = new Set(
        this.#db
          .prepare(
            `SELECT name FROM pragma_table_info(?) WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ? AND type = 'table' AND sql NOT LIKE 'create virtual%')`,
          )
          .all(table, table)
          .map(({ name }) => name),
      )
      return columns.filter((column) => !there.has(column)).map((column) => `${table}.${column}`)
    })
  }

  /** Events after a row, in the order of their coming. */
  *events(after: number): Generator<EventRow> {
    const rows = this.#db
      .prepare(
        'SELECT rowid, timestamp, trialJobId, event, data, sequenceId FROM TrialJobEvent WHERE rowid > ? ORDER BY rowid',
      )
      .iterate(after)
    for (const { rowid, timestamp, trialJobId, event, data, sequenceId } of rows)
      yield {
        row: Number(rowid),
        time: timeOf(timestamp),
        job: String(trialJobId ?? ''),
        event: String(event),
        data: typeof data === 'string' ? data : null,
        sequence: Number.isSafeInteger(sequenceId) && Math.abs(Number(sequenceId)) < 1e9 ? Number(sequenceId) : null,
      }
  }

  /** Metrics after a row, in the order of their coming. */
  *metrics(after: number): Generator<MetricRow> {
    const rows = this.#db
      .prepare(
        'SELECT rowid, timestamp, trialJobId, parameterId, type, sequence, data FROM MetricData WHERE rowid > ? ORDER BY rowid',
      )
      .iterate(after)
    for (const { rowid, timestamp, trialJobId, parameterId, type, sequence, data } of rows)
      yield {
        row: Number(rowid),
        time: timeOf(timestamp),
        job: String(trialJobId ?? ''),
        parameters: parameterId === null || parameterId === undefined ? null : String(parameterId),
        type: String(type),
        sequence: Number(sequence),
        data: String(data ?? ''),
      }
  }

  /** Time of the last event. */
  lastTime(): number {
    return timeOf(this.#db.prepare('SELECT max(timestamp) AS time FROM TrialJobEvent').get()?.time)
  }

  /** Undefined before the experiment has begun. */
  profile(): Profile | undefined {
    const row = this.#db
      .prepare('SELECT params, execDuration, endTime FROM ExperimentProfile ORDER BY revision DESC LIMIT 1')
      .get()
    if (!row) return undefined
    const params = parsed(row.params)
    return {
      params: isMap(params) ? params : {},
      duration: Number(row.execDuration ?? 0),
      endTime: typeof row.endTime === 'number' ? timeOf(row.endTime) : null,
    }
  }

  close(): void {
    this.#db.close()
  }
}

/** Milliseconds since the epoch; 0 for what is no time. */
function timeOf(value: unknown): number {
  const time = Number(value)
  return Math.abs(time) <= 8.64e15 ? time : 0
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

/**
 * Writes other settings into the database of a manager that does not run, as a further revision of its profile: what it resumes with.
 */
export function reviseProfile(path: string, params: Record<string, Json>): void {
  const db = new DatabaseSync(path, { timeout: 2000 })
  try {
    db.prepare(
      `INSERT INTO ExperimentProfile
        SELECT ?, id, execDuration, startTime, NULL, logDir, nextSequenceId, revision + 1
        FROM ExperimentProfile ORDER BY revision DESC LIMIT 1`,
    ).run(JSON.stringify(params))
  } finally {
    db.close()
  }
}
