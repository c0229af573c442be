import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { PATH_JOINT } from '@secxops/protocol/label-words'
import type { DecisionState, ReviewFilter, ReviewItem, ReviewPage, Suggestion } from '@secxops/protocol/labels'
import { statement } from '../../store/statement.ts'

export type ReviewOrder = 'uncertain' | 'surest' | 'line' | 'rows'

/** Items that were answered, with the decision of the newest change that stands. */
export const ITEMS = `
  WITH standing AS (
    SELECT d.item, d.state, d.path AS decided, c.by, c.at,
      row_number() OVER (PARTITION BY d.item ORDER BY c.seq DESC) AS newest
    FROM label_decisions d JOIN label_standing c ON c.id = d.change
    WHERE d.job = :job
  ), items AS (
    SELECT i.*, coalesce(s.state, 'waiting') AS state, s.decided, s.by, s.at
    FROM label_items i LEFT JOIN standing s ON s.item = i.id AND s.newest = 1
    WHERE i.job = :job AND i.suggestion IS NOT NULL
  )`

const ORDERS: Record<ReviewOrder, string> = {
  uncertain: 'queue DESC, id',
  surest: 'confidence DESC, id',
  line: 'line, id',
  rows: 'rows DESC, id',
}

/** One page of a job's items. */
export function reviewPage(
  db: DatabaseSync,
  job: string,
  query: ReviewFilter & { order?: ReviewOrder; offset?: number; limit?: number },
): ReviewPage {
  const { where, values } = conditions(query)
  const counts = { waiting: 0, accepted: 0, edited: 0, rejected: 0 }
  for (const { state, n } of statement(db, `${ITEMS} SELECT state, count(*) AS n FROM items GROUP BY state`).all({
    job,
  }))
    counts[state as DecisionState] = Number(n)
  const total = statement(db, `${ITEMS} SELECT count(*) AS n FROM items WHERE ${where}`).get({ job, ...values })
  const rows = statement(
    db,
    `${ITEMS} SELECT * FROM items WHERE ${where} ORDER BY ${ORDERS[query.order ?? 'uncertain']} LIMIT :limit OFFSET :offset`,
  ).all({ job, ...values, limit: query.limit ?? 100, offset: query.offset ?? 0 })
  return { total: Number(total?.n), counts, items: rows.map(toItem) }
}

/** An item with all that was suggested for it. */
export interface ChosenItem {
  id: number
  text: string
  /** 1-based line of its first row. */
  line: number
  suggestion: Suggestion
}

/** The items that a filter lets through, in the order of the file; with `items`, only those. */
export function chosenItems(
  db: DatabaseSync,
  job: string,
  chosen: { items?: readonly number[]; filter?: ReviewFilter },
): ChosenItem[] {
  const { where, values } = conditions(chosen.filter ?? {})
  const wanted = chosen.items && new Set(chosen.items)
  return statement(db, `${ITEMS} SELECT * FROM items WHERE ${where} ORDER BY id`)
    .all({ job, ...values })
    .filter((row) => !wanted || wanted.has(Number(row.id)))
    .map(({ id, text, line, suggestion }) => ({
      id: Number(id),
      text: String(text),
      line: Number(line),
      suggestion: JSON.parse(String(suggestion)) as Suggestion,
    }))
}

/** Items that wait for a decision. */
export function waitingItems(db: DatabaseSync, job: string): number {
  const row = statement(db, `${ITEMS} SELECT count(*) AS n FROM items WHERE state = 'waiting'`).get({ job })
  return Number(row?.n)
}

/** A condition for each part of a filter, always all of them, so that there is one statement an order. */
function conditions(filter: ReviewFilter): { where: string; values: Record<string, SQLInputValue> } {
  return {
    where: `(:under IS NULL OR substr(path || :joint, 1, length(:under) + 1) = :under || :joint)
      AND confidence >= :least AND confidence <= :most
      AND (:state IS NULL OR state = :state)
      AND (:text IS NULL OR instr(lower(text), lower(:text)) > 0)`,
    values: {
      under: filter.under ?? null,
      joint: PATH_JOINT,
      least: filter.least ?? 0,
      most: filter.most ?? 1,
      state: filter.state ?? null,
      text: filter.text ?? null,
    },
  }
}

function toItem(row: Record<string, unknown>): ReviewItem {
  const { path, confidence, levelConfidence, state, sureLevels, known, alternatives } = JSON.parse(
    String(row.suggestion),
  ) as Suggestion
  const decided = row.decided === null ? {} : { path: String(row.decided).split(PATH_JOINT) }
  return {
    id: Number(row.id),
    key: String(row.key),
    text: String(row.text),
    rows: Number(row.rows),
    line: Number(row.line),
    suggestion: { path, confidence, levelConfidence, state, sureLevels, known, alternatives },
    ...(row.state === 'waiting'
      ? {}
      : { decision: { state: row.state as DecisionState, ...decided, by: String(row.by), at: String(row.at) } }),
  }
}
