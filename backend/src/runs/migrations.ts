import type { Migration } from '../services.ts'

/** `spec`, `record` and `intent` are JSON (`record.ts`). An attempt is written when it begins and when it ends, then never again. */
export const RUN_MIGRATIONS: readonly Migration[] = [
  {
    id: 'runs-001',
    sql: `
      CREATE TABLE runs (
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        state TEXT NOT NULL,
        seq INTEGER NOT NULL,
        record TEXT NOT NULL,
        spec TEXT NOT NULL,
        idempotency_key TEXT UNIQUE
      ) STRICT;
      CREATE INDEX runs_by_path ON runs (path, n);
      CREATE INDEX runs_unfinished ON runs (state) WHERE state IN ('running', 'cancelling');
      CREATE TABLE run_nodes (
        run TEXT NOT NULL,
        id TEXT NOT NULL,
        position INTEGER NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (run, id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE attempts (
        run TEXT NOT NULL,
        node TEXT NOT NULL,
        number INTEGER NOT NULL,
        launch INTEGER NOT NULL,
        state TEXT NOT NULL,
        signature TEXT NOT NULL,
        record TEXT NOT NULL,
        intent TEXT NOT NULL,
        PRIMARY KEY (run, node, number)
      ) STRICT;
      CREATE INDEX attempts_by_result ON attempts (signature) WHERE state = 'succeeded';`,
  },
  {
    id: 'runs-002',
    sql: `
      CREATE TABLE workflow_names (
        path TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        slug TEXT NOT NULL UNIQUE
      ) STRICT;`,
  },
]
