import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { statement } from '../../store/statement.ts'
import { MODEL_FORMAT } from './model-bytes.ts'

/** What is known of the model of a base, without the model. */
export interface KeptModel {
  version: string
  madeAt: string
  /** Identity of the embedder whose vectors it was learnt from. */
  embedder: string
  leftOutRight: number
  behind: number
}

export function findModel(db: DatabaseSync, base: string): KeptModel | undefined {
  const row = statement(
    db,
    'SELECT version, made_at, embedder, left_out_right, behind FROM label_models WHERE base = ? AND format = ?',
  ).get(base, MODEL_FORMAT)
  return (
    row && {
      version: String(row.version),
      madeAt: String(row.made_at),
      embedder: String(row.embedder),
      leftOutRight: Number(row.left_out_right),
      behind: Number(row.behind),
    }
  )
}

/** The model, if it was learnt from this embedder's vectors. */
export function readModelBytes(
  db: DatabaseSync,
  base: string,
  embedder: string,
): { version: string; bytes: Uint8Array } | undefined {
  const row = statement(
    db,
    'SELECT version, model FROM label_models JOIN label_model_bytes USING (base) WHERE base = ? AND format = ? AND embedder = ?',
  ).get(base, MODEL_FORMAT, embedder)
  return row && { version: String(row.version), bytes: row.model as Uint8Array }
}

/** The same model has the same version. */
export function keepModel(
  db: DatabaseSync,
  base: string,
  model: Pick<KeptModel, 'embedder' | 'leftOutRight' | 'behind'> & { bytes: Uint8Array },
): void {
  const version = createHash('sha256').update(model.bytes).digest('hex').slice(0, 16)
  statement(db, 'INSERT OR REPLACE INTO label_models VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    base,
    version,
    new Date().toISOString(),
    model.embedder,
    model.leftOutRight,
    model.behind,
    MODEL_FORMAT,
  )
  statement(db, 'INSERT OR REPLACE INTO label_model_bytes VALUES (?, ?)').run(base, model.bytes)
}

export function fallBehind(db: DatabaseSync, base: string, by: number): void {
  statement(db, 'UPDATE label_models SET behind = behind + ? WHERE base = ?').run(by, base)
}
