import type { Migration } from '../../services.ts'

/**
 * A node with `removed` keeps its row, so that old decisions can be followed (`merged_into`). The top has the id 0. `key` is what two
 * names that differ only in form share. `label_journal` is append-only: undo reads it and adds to it.
 */
export const baseMigrations: Migration[] = [
  {
    id: 'labels-bases-001',
    sql: `
      CREATE TABLE label_bases (
        name TEXT PRIMARY KEY,
        description TEXT NOT NULL,
        created_at TEXT NOT NULL,
        version INTEGER NOT NULL,
        tree_version INTEGER NOT NULL,
        next_node INTEGER NOT NULL,
        levels TEXT NOT NULL,
        strategy TEXT NOT NULL,
        self_learning INTEGER NOT NULL,
        leaves INTEGER NOT NULL,
        depth INTEGER NOT NULL,
        removed_at TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE label_nodes (
        base TEXT NOT NULL REFERENCES label_bases (name) ON DELETE CASCADE,
        id INTEGER NOT NULL,
        parent INTEGER NOT NULL,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        key TEXT NOT NULL,
        description TEXT NOT NULL,
        removed INTEGER NOT NULL,
        merged_into INTEGER,
        PRIMARY KEY (base, id)
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX label_siblings ON label_nodes (base, parent, key) WHERE removed = 0;
      CREATE TABLE label_references (
        base TEXT NOT NULL REFERENCES label_bases (name) ON DELETE CASCADE,
        id TEXT NOT NULL,
        text TEXT NOT NULL,
        node INTEGER NOT NULL,
        origin TEXT NOT NULL,
        trust REAL NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (base, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX label_references_of_node ON label_references (base, node, origin);
      CREATE INDEX label_references_by_time ON label_references (base, at, id);
      CREATE TABLE label_changes (
        seq INTEGER PRIMARY KEY,
        base TEXT NOT NULL REFERENCES label_bases (name) ON DELETE CASCADE,
        id TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        count INTEGER NOT NULL,
        undone_by TEXT,
        undoes TEXT
      ) STRICT;
      CREATE INDEX label_changes_of_base ON label_changes (base, seq);
      CREATE TABLE label_journal (
        seq INTEGER PRIMARY KEY,
        base TEXT NOT NULL REFERENCES label_bases (name) ON DELETE CASCADE,
        change TEXT NOT NULL,
        what TEXT NOT NULL,
        row TEXT NOT NULL,
        text TEXT NOT NULL,
        before TEXT,
        after TEXT,
        before_path TEXT,
        after_path TEXT,
        suggested TEXT,
        source TEXT
      ) STRICT;
      CREATE INDEX label_journal_of_change ON label_journal (change, seq);
      CREATE INDEX label_journal_of_reference ON label_journal (base, row, seq) WHERE what = 'reference';`,
  },
  {
    id: 'labels-bases-002',
    sql: `
      CREATE INDEX label_children ON label_nodes (base, parent, position, id) WHERE removed = 0;
      CREATE INDEX label_journal_of_base ON label_journal (base);`,
  },
  {
    id: 'labels-bases-004',
    sql: `CREATE INDEX label_journal_of_file ON label_journal (json_extract(source, '$.file'), seq) WHERE source IS NOT NULL;`,
  },
  {
    id: 'labels-bases-005',
    // What stands is said here, for all that refers to changes.
    sql: 'CREATE VIEW label_standing AS SELECT * FROM label_changes WHERE undone_by IS NULL;',
  },
]
