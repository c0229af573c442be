import type { Migration } from '../../services.ts'

export const engineMigrations: Migration[] = [
  {
    id: 'label-engine-001',
    sql: `
      -- The model that a base answers with. behind: references that changed since it was learnt.
      CREATE TABLE label_models (
        base TEXT PRIMARY KEY REFERENCES label_bases (name) ON DELETE CASCADE, version TEXT NOT NULL, made_at TEXT NOT NULL,
        embedder TEXT NOT NULL, left_out_right REAL NOT NULL, behind INTEGER NOT NULL, format INTEGER NOT NULL
      ) STRICT;
      -- Its content, see model-bytes.ts. Apart, because it has megabytes and the row above changes often.
      CREATE TABLE label_model_bytes (
        base TEXT PRIMARY KEY REFERENCES label_models (base) ON DELETE CASCADE, model BLOB NOT NULL
      ) STRICT;
    `,
  },
]
