import type { DatabaseSync } from 'node:sqlite'
import type { LabelPath } from '@secxops/protocol/labels'
import { statement } from '../../store/statement.ts'
import { NodePaths } from './node-paths.ts'
import { nodes } from './node-rows.ts'
import type { ReferenceRow } from './reference-rows.ts'

export interface DecidedText {
  text: string
  /** Newest decision of each person, in the order of the people's names. */
  labels: { path: LabelPath; by: string; at: string }[]
}

/**
 * What people decided and nobody took back, by text; the texts with the newest decision first. A label that was merged since counts as the
 * one it went into; one that was removed keeps the name it had.
 */
export function decidedTexts(db: DatabaseSync, base: string): DecidedText[] {
  const rows = statement(
    db,
    `SELECT j.row, j.text, j.after, j.after_path, c.by, c.at FROM label_journal j JOIN label_standing c ON c.id = j.change
       WHERE j.base = ? AND j.what = 'reference' AND j.after IS NOT NULL AND c.kind IN ('accept', 'edit', 'bulk') ORDER BY j.seq`,
  ).all(base)
  const paths = new NodePaths(db, base)
  const texts = new Map<string, { text: string; people: Map<string, DecidedText['labels'][number]> }>()
  for (const row of rows) {
    const after = JSON.parse(String(row.after)) as ReferenceRow
    if (after.origin !== 'human') continue
    const id = String(row.row)
    const known = texts.get(id) ?? { text: String(row.text), people: new Map() }
    const by = String(row.by)
    const path = pathNow(db, base, paths, after.node) ?? (JSON.parse(String(row.after_path)) as LabelPath)
    // Put anew, so that the order of the map is that of the newest decisions.
    texts.delete(id)
    texts.set(id, known)
    known.people.set(by, { path, by, at: String(row.at) })
  }
  return [...texts.values()].reverse().map(({ text, people }) => ({
    text,
    labels: [...people.values()].sort((a, b) => (a.by < b.by ? -1 : 1)),
  }))
}

function pathNow(db: DatabaseSync, base: string, paths: NodePaths, id: number): LabelPath | undefined {
  let node = nodes.get(db, base, id)
  while (node?.removed && node.mergedInto !== null) node = nodes.get(db, base, node.mergedInto)
  return node && !node.removed ? paths.of(node.id) : undefined
}
