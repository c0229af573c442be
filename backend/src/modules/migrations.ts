import type { Migration } from '../services.ts'

/** A version exists when its row is there; the folder is put in place before. */
export const moduleMigrations: Migration[] = [
  {
    id: 'modules-001',
    sql: `CREATE TABLE module_versions (
      name TEXT NOT NULL,
      version TEXT NOT NULL,
      created_at TEXT NOT NULL,
      digest TEXT NOT NULL,
      size INTEGER NOT NULL,
      files INTEGER NOT NULL,
      PRIMARY KEY (name, version)
    ) STRICT`,
  },
]
