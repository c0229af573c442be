import type { Migration } from '../../services.ts'

export const experimentMigrations: Migration[] = [
  {
    id: 'experiments-001',
    sql: `
      CREATE TABLE experiments (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        created_at TEXT NOT NULL,
        -- What it was made from; settings in it follow edits.
        spec TEXT NOT NULL,
        -- How it stands.
        head TEXT NOT NULL,
        request TEXT UNIQUE
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX experiments_by_state ON experiments (state);
      CREATE TABLE experiment_trials (
        experiment TEXT NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        change INTEGER NOT NULL,
        trial TEXT NOT NULL,
        PRIMARY KEY (experiment, number)
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX experiment_trials_by_change ON experiment_trials (experiment, change);
      -- Blocks of metrics: five doubles a row.
      CREATE TABLE experiment_metrics (
        experiment TEXT NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
        last_row INTEGER NOT NULL,
        block BLOB NOT NULL,
        PRIMARY KEY (experiment, last_row)
      ) STRICT;
      CREATE TABLE experiment_reports (
        experiment TEXT NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
        row INTEGER NOT NULL,
        at TEXT NOT NULL,
        report TEXT NOT NULL,
        PRIMARY KEY (experiment, row)
      ) STRICT, WITHOUT ROWID;
    `,
  },
]
