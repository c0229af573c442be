import type { DatabaseSync } from 'node:sqlite'
import { SecxopsError } from '@secxops/protocol/errors'
import { LabelJob } from '@secxops/protocol/labels'
import { statement } from '../../store/statement.ts'

/** What a job is to do; each kind has its own shape. */
export type JobRequest = Readonly<Record<string, unknown>>

/** How far a job is. What is left out stays as it was. */
export interface JobProgress {
  done?: number
  total?: number
  skipped?: Readonly<Record<string, number>>
  cost?: NonNullable<LabelJob['cost']>
  /** JSON: where the work goes on. */
  cursor?: unknown
}

export interface JobRow {
  job: LabelJob
  request: JobRequest
  cursor: unknown
}

export function insertJob(db: DatabaseSync, job: LabelJob, request: JobRequest): void {
  statement(
    db,
    'INSERT INTO label_jobs (id, base, kind, subject, request, created_at, state) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(job.id, job.base, job.kind, job.subject, JSON.stringify(request), job.createdAt, job.state)
}

/** Rejects with not-found. */
export function readJob(db: DatabaseSync, id: string): JobRow {
  const row = statement(db, 'SELECT * FROM label_jobs WHERE id = ?').get(id)
  if (!row) throw new SecxopsError({ code: 'not-found', message: `There is no labelling job ${JSON.stringify(id)}.` })
  return toRow(row)
}

/** Newest first. */
export function listJobs(db: DatabaseSync, base: string | undefined): LabelJob[] {
  const rows =
    base === undefined
      ? statement(db, 'SELECT * FROM label_jobs ORDER BY created_at DESC, id DESC').all()
      : statement(db, 'SELECT * FROM label_jobs WHERE base = ? ORDER BY created_at DESC, id DESC').all(base)
  return rows.map((row) => toRow(row).job)
}

/** Oldest first. */
export function openJobs(db: DatabaseSync): JobRow[] {
  return statement(db, "SELECT * FROM label_jobs WHERE state IN ('waiting', 'running') ORDER BY created_at, id")
    .all()
    .map(toRow)
}

export function setProgress(db: DatabaseSync, id: string, progress: JobProgress): void {
  const { done, total, skipped, cost, cursor } = progress
  statement(
    db,
    `UPDATE label_jobs SET done = coalesce(?, done), total = coalesce(?, total), skipped = coalesce(?, skipped),
      cost = coalesce(?, cost), cursor = coalesce(?, cursor), waits = NULL WHERE id = ?`,
  ).run(
    done ?? null,
    total ?? null,
    skipped ? JSON.stringify(skipped) : null,
    cost ? JSON.stringify(cost) : null,
    cursor === undefined ? null : JSON.stringify(cursor),
    id,
  )
}

export function setState(
  db: DatabaseSync,
  id: string,
  state: LabelJob['state'],
  more: { endedAt?: string; error?: LabelJob['error'] } = {},
): void {
  statement(db, 'UPDATE label_jobs SET state = ?, ended_at = ?, error = ?, waits = NULL WHERE id = ?').run(
    state,
    more.endedAt ?? null,
    more.error ? JSON.stringify(more.error) : null,
    id,
  )
}

export function setWaits(db: DatabaseSync, id: string, waits: string): void {
  statement(db, 'UPDATE label_jobs SET waits = ? WHERE id = ?').run(waits, id)
}

function toRow(row: Record<string, unknown>): JobRow {
  const json = (text: unknown): unknown => (text === null ? undefined : JSON.parse(String(text)))
  return {
    job: LabelJob.parse({
      id: row.id,
      base: row.base,
      kind: row.kind,
      state: row.state,
      createdAt: row.created_at,
      endedAt: row.ended_at ?? undefined,
      subject: row.subject,
      done: row.done,
      total: row.total ?? undefined,
      skipped: json(row.skipped),
      cost: json(row.cost),
      waits: row.waits ?? undefined,
      error: json(row.error),
    }),
    request: json(row.request) as JobRequest,
    cursor: json(row.cursor),
  }
}
