import type { Migration } from '../services.ts'

/** `config` is JSON (`TargetConfig`); `reference` an image by digest. */
export const CLUSTER_MIGRATIONS: readonly Migration[] = [
  { id: 'cluster-001', sql: 'CREATE TABLE targets (name TEXT PRIMARY KEY, config TEXT NOT NULL) STRICT' },
  {
    id: 'cluster-002',
    sql: `CREATE TABLE images (key TEXT NOT NULL, repository TEXT NOT NULL, reference TEXT NOT NULL,
      PRIMARY KEY (key, repository)) STRICT`,
  },
]
