import type { Migration } from '../../services.ts'

export const jobMigrations: Migration[] = [
  {
    id: 'label-jobs-001',
    sql: `
      CREATE TABLE label_jobs (
        id TEXT PRIMARY KEY,
        base TEXT NOT NULL REFERENCES label_bases (name) ON DELETE CASCADE,
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
      CREATE INDEX label_jobs_by_state ON label_jobs (state, created_at);
      CREATE INDEX label_jobs_of_base ON label_jobs (base, created_at);
      -- Rows of a labelled file.
      CREATE TABLE label_rows (
        job TEXT NOT NULL REFERENCES label_jobs (id) ON DELETE CASCADE,
        line INTEGER NOT NULL,
        item INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (job, line)
      ) STRICT, WITHOUT ROWID;
      -- Rows that share their masked key: answered and decided as one.
      CREATE TABLE label_items (
        job TEXT NOT NULL REFERENCES label_jobs (id) ON DELETE CASCADE,
        id INTEGER NOT NULL,
        key TEXT NOT NULL,
        text TEXT NOT NULL,
        rows INTEGER NOT NULL,
        line INTEGER NOT NULL,
        suggestion TEXT,
        -- Suggested names, joined.
        path TEXT,
        confidence REAL,
        -- Urgency of a human's look, in [0, 1].
        queue REAL,
        PRIMARY KEY (job, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX label_items_by_queue ON label_items (job, queue DESC, id);
      -- Each decision on an item; the one of the newest change that stands counts.
      CREATE TABLE label_decisions (
        job TEXT NOT NULL REFERENCES label_jobs (id) ON DELETE CASCADE,
        item INTEGER NOT NULL,
        change TEXT NOT NULL,
        state TEXT NOT NULL,
        path TEXT,
        PRIMARY KEY (job, item, change)
      ) STRICT, WITHOUT ROWID;`,
  },
]
