import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { statement } from '../../store/statement.ts'

/** Id of what stands above the broadest labels. */
export const TOP = 0

export interface NodeRow {
  id: number
  parent: number
  /** Siblings are sorted by it, then by id. */
  position: number
  name: string
  description: string
  removed: boolean
  mergedInto: number | null
}

/** Statements over the nodes of the trees; no rules here. SQLite left alone goes through all nodes of a base for those of one parent. */
export const nodes = {
  get(db: DatabaseSync, base: string, id: number): NodeRow | undefined {
    const row = statement(db, 'SELECT * FROM label_nodes WHERE base = ? AND id = ?').get(base, id)
    return row && nodeRow(row)
  },

  /** Of those that were not removed. */
  child(db: DatabaseSync, base: string, parent: number, key: string): NodeRow | undefined {
    const row = statement(
      db,
      'SELECT * FROM label_nodes WHERE base = ? AND parent = ? AND key = ? AND removed = 0',
    ).get(base, parent, key)
    return row && nodeRow(row)
  },

  children(db: DatabaseSync, base: string, parent: number): NodeRow[] {
    return statement(
      db,
      'SELECT * FROM label_nodes INDEXED BY label_children WHERE base = ? AND parent = ? AND removed = 0 ORDER BY position, id',
    )
      .all(base, parent)
      .map(nodeRow)
  },

  /** Every node that was not removed. */
  all(db: DatabaseSync, base: string): NodeRow[] {
    return statement(db, 'SELECT * FROM label_nodes WHERE base = ? AND removed = 0 ORDER BY position, id')
      .all(base)
      .map(nodeRow)
  },

  lastPosition(db: DatabaseSync, base: string, parent: number): number | undefined {
    const row = statement(
      db,
      'SELECT max(position) AS last FROM label_nodes INDEXED BY label_children WHERE base = ? AND parent = ? AND removed = 0',
    ).get(base, parent)
    return typeof row?.last === 'number' ? row.last : undefined
  },

  put(db: DatabaseSync, base: string, node: NodeRow, key: string): void {
    statement(
      db,
      `INSERT INTO label_nodes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (base, id) DO UPDATE SET parent = excluded.parent,
         position = excluded.position, name = excluded.name, key = excluded.key, description = excluded.description,
         removed = excluded.removed, merged_into = excluded.merged_into`,
    ).run(
      base,
      node.id,
      node.parent,
      node.position,
      node.name,
      key,
      node.description,
      node.removed ? 1 : 0,
      node.mergedInto,
    )
  },

  delete(db: DatabaseSync, base: string, id: number): void {
    statement(db, 'DELETE FROM label_nodes WHERE base = ? AND id = ?').run(base, id)
  },

  /** Nodes that can be reached from the top, the deepest of them (1: a tree of one level), and those without children. */
  shape(
    db: DatabaseSync,
    base: string,
    deepest: number,
  ): { reached: number; all: number; depth: number; leaves: number } {
    const row = statement(
      db,
      `WITH RECURSIVE
         live AS (SELECT id, parent FROM label_nodes WHERE base = :base AND removed = 0),
         down (id, depth) AS (
           SELECT id, 1 FROM label_nodes WHERE base = :base AND parent = 0 AND removed = 0
           UNION ALL
           SELECT n.id, down.depth + 1 FROM down
             CROSS JOIN label_nodes n ON n.base = :base AND n.parent = down.id AND n.removed = 0 WHERE down.depth <= :deepest
         )
       SELECT (SELECT count(*) FROM down) AS reached, (SELECT coalesce(max(depth), 0) FROM down) AS depth,
         (SELECT count(*) FROM live) AS "all",
         (SELECT count(*) FROM live) - (SELECT count(DISTINCT parent) FROM live WHERE parent <> 0) AS leaves`,
    ).get({ base, deepest })
    return {
      reached: Number(row?.reached),
      all: Number(row?.all),
      depth: Number(row?.depth),
      leaves: Number(row?.leaves),
    }
  },
}

function nodeRow(row: Record<string, SQLOutputValue>): NodeRow {
  return {
    id: Number(row.id),
    parent: Number(row.parent),
    position: Number(row.position),
    name: String(row.name),
    description: String(row.description),
    removed: row.removed === 1,
    mergedInto: row.merged_into === null ? null : Number(row.merged_into),
  }
}
