import type { DatabaseSync } from 'node:sqlite'
import { statement } from '../../store/statement.ts'

/** The collection of a base, see `migrations.ts`. */
export interface KeptCollection {
  server: string
  name: string
  shape: string
  version: number
}

export function findCollection(db: DatabaseSync, base: string): KeptCollection | undefined {
  const row = statement(db, 'SELECT server, name, shape, version FROM label_collections WHERE base = ?').get(base)
  return (
    row && {
      server: String(row.server),
      name: String(row.name),
      shape: String(row.shape),
      version: Number(row.version),
    }
  )
}

export function keepCollection(db: DatabaseSync, base: string, { server, name, shape, version }: KeptCollection): void {
  statement(db, 'INSERT OR REPLACE INTO label_collections VALUES (?, ?, ?, ?, ?)').run(
    base,
    server,
    name,
    shape,
    version,
  )
}
