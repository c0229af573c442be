import type { Migration } from '../../services.ts'

export const embeddingMigrations: Migration[] = [
  {
    id: 'label-embedding-001',
    sql: `
      -- dimension: unknown until the first answer
      CREATE TABLE label_embedders (
        id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, dimension INTEGER
      ) STRICT;
      -- text: first 16 bytes of the SHA-256 of the exact normalised text; vector: 32-bit floats, little-endian, length 1
      CREATE TABLE label_vectors (
        id INTEGER PRIMARY KEY, embedder INTEGER NOT NULL REFERENCES label_embedders (id), text BLOB NOT NULL, vector BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX label_vectors_text ON label_vectors (embedder, text);
    `,
  },
  {
    id: 'label-embedding-002',
    sql: `
      -- used: day (since 1970) of the last question with this text; NULL where it is more than a question and stays
      ALTER TABLE label_vectors ADD COLUMN used INTEGER;
      CREATE INDEX label_vectors_asked ON label_vectors (used, id) WHERE used IS NOT NULL;
    `,
  },
]
