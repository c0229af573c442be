import type { Migration } from '../../services.ts'

export const jobMigrations: Migration[] = [
  {
    id: 'label-jobs-001',
    sql: `
      CREATE TABLE label_jobs (
        id TEXT PRIMARY KEY,
        base TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        request TEXT NOT NULL,
        created_at TEXT NOT NULL,
        state TEXT NOT NULL,
        ended_at TEXT,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER,
        skipped TEXT NOT NULL DEFAULT '{}',
        cost TEXT,
        waits TEXT,
        error TEXT,
        -- Where its work goes on; each kind has its own shape.
        cursor TEXT NOT NULL DEFAULT 'null'
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX label_jobs_by_state ON label_jobs (state, created_at);`,
  },
]
