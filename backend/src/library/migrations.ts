import type { Migration } from '../services.ts'

export const libraryMigrations: Migration[] = [
  {
    id: 'library-001',
    sql: `
      CREATE TABLE artifact_versions (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        digest TEXT NOT NULL,
        size INTEGER NOT NULL,
        files INTEGER NOT NULL,
        single INTEGER NOT NULL,
        description TEXT NOT NULL,
        lineage TEXT NOT NULL,
        removed_at TEXT,
        PRIMARY KEY (kind, name, version)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE artifact_inputs (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        into_kind TEXT NOT NULL,
        into_name TEXT NOT NULL,
        into_version INTEGER NOT NULL,
        PRIMARY KEY (kind, name, version, into_kind, into_name, into_version)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE artifact_uses (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        run_id TEXT NOT NULL,
        workflow TEXT NOT NULL,
        node_id TEXT NOT NULL,
        port TEXT NOT NULL,
        PRIMARY KEY (kind, name, version, run_id, node_id, port)
      ) STRICT, WITHOUT ROWID;`,
  },
]
