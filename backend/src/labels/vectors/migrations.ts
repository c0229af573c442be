import type { Migration } from '../../services.ts'

export const vectorMigrations: Migration[] = [
  {
    id: 'label-vectors-001',
    sql: `
      -- The collection of a base in Milvus. server: its address, empty for Milvus Lite; shape: see collection-shape.ts, as JSON;
      -- version: of the base that the collection was last brought to, -1 before the first time.
      CREATE TABLE label_collections (
        base TEXT PRIMARY KEY REFERENCES label_bases (name) ON DELETE CASCADE, server TEXT NOT NULL, name TEXT NOT NULL,
        shape TEXT NOT NULL, version INTEGER NOT NULL
      ) STRICT;
    `,
  },
]
