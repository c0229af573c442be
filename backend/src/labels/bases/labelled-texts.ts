import type { DatabaseSync } from 'node:sqlite'
import type { JournalEntry, LabelledText, TextSource } from '@secxops/protocol/labels'
import { statement } from '../../store/statement.ts'
import { journal } from './journal-rows.ts'
import { NodePaths } from './node-paths.ts'

/** More texts of one file are not told: an editor marks what it shows, and the bases have them all. */
const LIMIT = 500

/** Texts of a file whose label is a person's word now, in the bases that are there; the one labelled last first. */
export function labelledTexts(db: DatabaseSync, file: string): LabelledText[] {
  const rows = statement(
    db,
    `SELECT j.base, j.row, j.source, j.suggested, r.text, r.node, r.by, r.at FROM label_journal j
       JOIN label_bases b ON b.name = j.base AND b.removed_at IS NULL
       JOIN label_references r ON r.base = j.base AND r.id = j.row AND r.origin = 'human'
       WHERE json_extract(j.source, '$.file') = ? AND j.source IS NOT NULL AND j.what = 'reference' ORDER BY j.seq DESC`,
  )
  const paths = new Map<string, NodePaths>()
  const found = new Map<string, LabelledText>()
  for (const row of rows.iterate(file)) {
    const [base, id] = [String(row.base), String(row.row)]
    const key = `${base} ${id}`
    if (found.has(key)) continue
    const known = paths.get(base) ?? new NodePaths(db, base)
    paths.set(base, known)
    const path = known.of(Number(row.node))
    const { line } = JSON.parse(String(row.source)) as TextSource
    const suggested = JSON.parse(String(row.suggested)) as JournalEntry['suggested'] | null
    const asShown = suggested?.path.join('\u0000') === path.join('\u0000')
    found.set(key, {
      base,
      text: String(row.text),
      path,
      ...(line === undefined ? {} : { line }),
      by: String(row.by),
      at: String(row.at),
      change: journal.lastOf(db, base, 'reference', id) ?? '',
      ...(asShown && suggested ? { confidence: suggested.confidence } : {}),
    })
    if (found.size === LIMIT) break
  }
  return [...found.values()]
}
