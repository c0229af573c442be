import type { DatabaseSync } from 'node:sqlite'
import { SecxopsError } from '@secxops/protocol/errors'
import type { Migration } from '../services.ts'

/**
 * Applies what is missing, each migration in a transaction of its own, so that a crash leaves it done or not begun.
 * Rejects a database that a newer SecXOps has changed.
 */
export function migrate(db: DatabaseSync, migrations: readonly Migration[], path: string): void {
  db.exec('CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT')
  const applied = new Set(
    db
      .prepare('SELECT id FROM migrations')
      .all()
      .map((row) => String(row.id)),
  )
  const known = new Set(migrations.map((migration) => migration.id))
  const unknown = [...applied].filter((id) => !known.has(id))
  if (unknown.length > 0)
    throw new SecxopsError({
      code: 'read-only',
      message: `The database ${path} was changed by a newer SecXOps. Update SecXOps and start it again.`,
      where: { path },
      cause: `unknown migrations: ${unknown.join(', ')}`,
    })
  for (const { id, sql } of migrations) {
    if (applied.has(id)) continue
    db.exec('BEGIN IMMEDIATE')
    try {
      db.exec(sql)
      db.prepare('INSERT INTO migrations (id, applied_at) VALUES (?, ?)').run(id, new Date().toISOString())
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}
