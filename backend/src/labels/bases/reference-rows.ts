import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { ReferenceOrigin } from '@secxops/protocol/labels'
import { statement } from '../../store/statement.ts'

/** What changes of a reference; its id and text never do. */
export interface ReferenceRow {
  node: number
  origin: ReferenceOrigin
  trust: number
  by: string
  at: string
}

/** Statements over the references; no rules here. */
export const references = {
  get(db: DatabaseSync, base: string, id: string): (ReferenceRow & { text: string }) | undefined {
    const row = statement(db, 'SELECT * FROM label_references WHERE base = ? AND id = ?').get(base, id)
    return row && { ...referenceRow(row), text: String(row.text) }
  },

  /** Ids of the references of a node itself, sorted. */
  ofNode(db: DatabaseSync, base: string, node: number): string[] {
    return statement(
      db,
      'SELECT id FROM label_references INDEXED BY label_references_of_node WHERE base = ? AND node = ? ORDER BY id',
    )
      .all(base, node)
      .map((row) => String(row.id))
  },

  anyOfNode(db: DatabaseSync, base: string, node: number): boolean {
    return (
      statement(db, 'SELECT 1 FROM label_references WHERE base = ? AND node = ? LIMIT 1').get(base, node) !== undefined
    )
  },

  count(db: DatabaseSync, base: string): number {
    return Number(statement(db, 'SELECT count(*) AS n FROM label_references WHERE base = ?').get(base)?.n)
  },

  /** References of each node itself. */
  countByNode(db: DatabaseSync, base: string): Map<number, { all: number; human: number }> {
    const rows = statement(
      db,
      `SELECT node, count(*) AS n, sum(origin = 'human') AS human FROM label_references WHERE base = ? GROUP BY node`,
    ).all(base)
    return new Map(rows.map((row) => [Number(row.node), { all: Number(row.n), human: Number(row.human) }]))
  },

  put(db: DatabaseSync, base: string, id: string, text: string, { node, origin, trust, by, at }: ReferenceRow): void {
    statement(db, 'INSERT OR REPLACE INTO label_references VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
      base,
      id,
      text,
      node,
      origin,
      trust,
      by,
      at,
    )
  },

  delete(db: DatabaseSync, base: string, id: string): void {
    statement(db, 'DELETE FROM label_references WHERE base = ? AND id = ?').run(base, id)
  },
}

export function referenceRow(row: Record<string, SQLOutputValue>): ReferenceRow {
  return {
    node: Number(row.node),
    origin: row.origin as ReferenceOrigin,
    trust: Number(row.trust),
    by: String(row.by),
    at: String(row.at),
  }
}
