import type { DatabaseSync, StatementSync } from 'node:sqlite'

const caches = new WeakMap<DatabaseSync, Map<string, StatementSync>>()

/** Prepared statement for `sql`, compiled once per connection. `sql` must be constant text: the cache never shrinks. */
export function statement(db: DatabaseSync, sql: string): StatementSync {
  const cache = caches.get(db) ?? new Map<string, StatementSync>()
  caches.set(db, cache)
  const prepared = cache.get(sql) ?? db.prepare(sql)
  cache.set(sql, prepared)
  return prepared
}
