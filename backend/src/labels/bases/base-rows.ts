import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Strategy } from '@secxops/protocol/labels'
import { statement } from '../../store/statement.ts'

export interface BaseRow {
  name: string
  description: string
  createdAt: string
  version: number
  treeVersion: number
  nextNode: number
  levels: string[]
  strategy: Strategy
  selfLearning: boolean
  leaves: number
  depth: number
  removedAt?: string
}

/** Statements over the bases; no rules here. */
export const bases = {
  get(db: DatabaseSync, name: string): BaseRow | undefined {
    const row = statement(db, 'SELECT * FROM label_bases WHERE name = ?').get(name)
    return row && baseRow(row)
  },

  list(db: DatabaseSync): BaseRow[] {
    return statement(db, 'SELECT * FROM label_bases WHERE removed_at IS NULL ORDER BY name').all().map(baseRow)
  },

  add(db: DatabaseSync, base: BaseRow): void {
    statement(db, 'INSERT INTO label_bases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)').run(
      base.name,
      base.description,
      base.createdAt,
      base.version,
      base.treeVersion,
      base.nextNode,
      JSON.stringify(base.levels),
      base.strategy,
      base.selfLearning ? 1 : 0,
      base.leaves,
      base.depth,
    )
  },

  /** Stores what a change moves on. */
  update(db: DatabaseSync, base: BaseRow): void {
    statement(
      db,
      'UPDATE label_bases SET version = ?, tree_version = ?, next_node = ?, levels = ?, leaves = ?, depth = ? WHERE name = ?',
    ).run(
      base.version,
      base.treeVersion,
      base.nextNode,
      JSON.stringify(base.levels),
      base.leaves,
      base.depth,
      base.name,
    )
  },

  setRemoved(db: DatabaseSync, name: string, at: string | null): void {
    statement(db, 'UPDATE label_bases SET removed_at = ? WHERE name = ?').run(at, name)
  },

  /** Names of bases removed before a time. */
  removedBefore(db: DatabaseSync, at: string): string[] {
    return statement(db, 'SELECT name FROM label_bases WHERE removed_at < ?')
      .all(at)
      .map((row) => String(row.name))
  },

  /** With all that refers to it. */
  drop(db: DatabaseSync, name: string): void {
    statement(db, 'DELETE FROM label_bases WHERE name = ?').run(name)
  },
}

function baseRow(row: Record<string, SQLOutputValue>): BaseRow {
  return {
    name: String(row.name),
    description: String(row.description),
    createdAt: String(row.created_at),
    version: Number(row.version),
    treeVersion: Number(row.tree_version),
    nextNode: Number(row.next_node),
    levels: JSON.parse(String(row.levels)) as string[],
    strategy: row.strategy as Strategy,
    selfLearning: row.self_learning === 1,
    leaves: Number(row.leaves),
    depth: Number(row.depth),
    ...(row.removed_at === null ? {} : { removedAt: String(row.removed_at) }),
  }
}
