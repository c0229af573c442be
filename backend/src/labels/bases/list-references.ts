import type { DatabaseSync } from 'node:sqlite'
import type { LabelPath, LabelReference, ReferenceOrigin } from '@secxops/protocol/labels'
import { statement } from '../../store/statement.ts'
import { normalised } from '../ranking/text-views.ts'
import { NodePaths } from './node-paths.ts'
import { referenceRow } from './reference-rows.ts'

/** Which references are looked for; all that is absent lets everything through. */
export interface ReferenceFilter {
  /** Only at this node and below it. */
  node?: number
  /** Part of the text. */
  text?: string
  origin?: ReferenceOrigin
}

export interface ReferencePage {
  total: number
  references: LabelReference[]
}

const WHERE = `FROM label_references WHERE base = :base AND (:origin IS NULL OR origin = :origin)
  AND (:text IS NULL OR text LIKE :text ESCAPE '\\')
  AND (:node IS NULL OR node IN (
    WITH RECURSIVE below (id) AS (
      SELECT :node UNION
      SELECT n.id FROM below CROSS JOIN label_nodes n ON n.base = :base AND n.parent = below.id AND n.removed = 0
    ) SELECT id FROM below))`

/** Newest first. */
export function newestReferences(
  db: DatabaseSync,
  base: string,
  filter: ReferenceFilter,
  offset: number,
  limit: number,
): ReferencePage {
  const which = values(base, filter)
  const total = Number(statement(db, `SELECT count(*) AS n ${WHERE}`).get(which)?.n)
  const rows = statement(db, `SELECT * ${WHERE} ORDER BY at DESC, id DESC LIMIT :limit OFFSET :offset`).all({
    ...which,
    limit,
    offset,
  })
  return { total, references: asReferences(db, base, rows) }
}

/** Those that the others contradict, most of all first. */
export function suspectReferences(
  db: DatabaseSync,
  base: string,
  filter: ReferenceFilter,
  suspicions: ReadonlyMap<string, { amount: number; instead: LabelPath }>,
  offset: number,
  limit: number,
): ReferencePage {
  const suspects = statement(db, `SELECT id ${WHERE}`)
    .all(values(base, filter))
    .map(({ id }) => ({ id: String(id), suspicion: suspicions.get(String(id)) }))
    .filter((one) => one.suspicion !== undefined && one.suspicion.amount > 0)
    .sort((a, b) => (b.suspicion?.amount ?? 0) - (a.suspicion?.amount ?? 0) || (a.id < b.id ? -1 : 1))
  const page = suspects.slice(offset, offset + limit).flatMap(({ id, suspicion }) => {
    const row = statement(db, 'SELECT * FROM label_references WHERE base = ? AND id = ?').get(base, id)
    return asReferences(db, base, row ? [row] : []).map((reference) => ({ ...reference, suspicion }))
  })
  return { total: suspects.length, references: page }
}

function values(base: string, { node, text, origin }: ReferenceFilter): Record<string, string | number | null> {
  const part = text === undefined ? '' : normalised(text)
  return {
    base,
    origin: origin ?? null,
    text: part === '' ? null : `%${part.replace(/[\\%_]/g, '\\$&')}%`,
    node: node ?? null,
  }
}

function asReferences(db: DatabaseSync, base: string, rows: Parameters<typeof referenceRow>[0][]): LabelReference[] {
  const paths = new NodePaths(db, base)
  return rows.map((row) => {
    const { node, ...rest } = referenceRow(row)
    return { id: String(row.id), text: String(row.text), path: paths.of(node), ...rest }
  })
}
