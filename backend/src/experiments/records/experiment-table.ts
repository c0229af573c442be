import type { DatabaseSync } from 'node:sqlite'
import { SecxopsError } from '@secxops/protocol/errors'
import { statement } from '../../store/statement.ts'
import { type ExperimentHead, type ExperimentSpec, newHead, type StoredExperiment } from './experiment.ts'

export function insertExperiment(db: DatabaseSync, experiment: StoredExperiment, request: string | undefined): void {
  const { id, createdAt, spec, head } = experiment
  statement(db, 'INSERT INTO experiments (id, state, created_at, spec, head, request) VALUES (?, ?, ?, ?, ?, ?)').run(
    id,
    head.state,
    createdAt,
    JSON.stringify(spec),
    JSON.stringify(head),
    request ?? null,
  )
}

export function updateHead(db: DatabaseSync, id: string, head: ExperimentHead): void {
  statement(db, 'UPDATE experiments SET state = ?, head = ? WHERE id = ?').run(head.state, JSON.stringify(head), id)
}

export function updateSpec(db: DatabaseSync, id: string, spec: ExperimentSpec): void {
  statement(db, 'UPDATE experiments SET spec = ? WHERE id = ?').run(JSON.stringify(spec), id)
}

export function deleteExperiment(db: DatabaseSync, id: string): void {
  statement(db, 'DELETE FROM experiments WHERE id = ?').run(id)
}

/** Throws not-found. */
export function readExperimentRow(db: DatabaseSync, id: string): StoredExperiment {
  const row = statement(db, 'SELECT * FROM experiments WHERE id = ?').get(id)
  if (!row) throw new SecxopsError({ code: 'not-found', message: `There is no experiment ${JSON.stringify(id)}.` })
  return toExperiment(row)
}

/** The experiment that a request made before. */
export function experimentOfRequest(db: DatabaseSync, request: string): string | undefined {
  const row = statement(db, 'SELECT id FROM experiments WHERE request = ?').get(request)
  return row && String(row.id)
}

/** Newest first. */
export const listExperiments = (db: DatabaseSync): StoredExperiment[] =>
  statement(db, 'SELECT * FROM experiments ORDER BY created_at DESC, id DESC').all().map(toExperiment)

/** Those that a backend left before their end. */
export const unfinishedExperiments = (db: DatabaseSync): string[] =>
  statement(
    db,
    "SELECT id FROM experiments WHERE state IN ('preparing', 'running', 'stopping') ORDER BY created_at, id",
  )
    .all()
    .map(({ id }) => String(id))

const toExperiment = ({ id, created_at, spec, head }: Record<string, unknown>): StoredExperiment => ({
  id: String(id),
  createdAt: String(created_at),
  spec: JSON.parse(String(spec)) as ExperimentSpec,
  head: headOf(JSON.parse(String(head)) as ExperimentHead),
})

/** A head that is older than a state of trials has none of them. */
const headOf = (head: ExperimentHead): ExperimentHead => ({ ...head, counts: { ...newHead().counts, ...head.counts } })
