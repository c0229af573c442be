import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { JournalEntry, LabelChange, LabelPath } from '@secxops/protocol/labels'
import { statement } from '../../store/statement.ts'

type Row = Record<string, SQLOutputValue>

/** What a row of the journal is about. */
export type What = 'reference' | 'node' | 'levels'

/** One row of a table before and after a change, as JSON; absent: it was not there. */
export interface JournalRow {
  what: What
  /** Id of the reference or node. */
  row: string
  /** Text of the reference, name of the node. */
  text: string
  before?: string
  after?: string
  beforePath?: LabelPath
  afterPath?: LabelPath
  suggested?: JournalEntry['suggested']
  source?: JournalEntry['source']
}

/** Statements over changes; no rules here. */
export const changes = {
  get(db: DatabaseSync, id: string): (LabelChange & { base: string }) | undefined {
    const row = statement(db, 'SELECT * FROM label_changes WHERE id = ?').get(id)
    return row && { ...labelChange(row), base: String(row.base) }
  },

  /** Newest first. */
  list(db: DatabaseSync, base: string, offset: number, limit: number): LabelChange[] {
    return statement(db, 'SELECT * FROM label_changes WHERE base = ? ORDER BY seq DESC LIMIT ? OFFSET ?')
      .all(base, limit, offset)
      .map(labelChange)
  },

  /** The newest that stands and is no undo itself. */
  newestStanding(db: DatabaseSync, base: string): LabelChange | undefined {
    const row = statement(
      db,
      `SELECT * FROM label_standing WHERE base = ? AND kind <> 'undo' ORDER BY seq DESC LIMIT 1`,
    ).get(base)
    return row && labelChange(row)
  },

  put(db: DatabaseSync, base: string, change: LabelChange): void {
    statement(
      db,
      `INSERT INTO label_changes VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, NULL, ?)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, count = excluded.count`,
    ).run(base, change.id, change.at, change.by, change.kind, change.title, change.count, change.undoes ?? null)
  },

  setUndoneBy(db: DatabaseSync, id: string, by: string | null): void {
    statement(db, 'UPDATE label_changes SET undone_by = ? WHERE id = ?').run(by, id)
  },
}

/** Statements over the journal, which only grows. */
export const journal = {
  add(db: DatabaseSync, base: string, change: string, entry: JournalRow): void {
    statement(db, 'INSERT INTO label_journal VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      base,
      change,
      entry.what,
      entry.row,
      entry.text,
      entry.before ?? null,
      entry.after ?? null,
      json(entry.beforePath),
      json(entry.afterPath),
      json(entry.suggested),
      json(entry.source),
    )
  },

  /** What a change did, the last first. */
  backwards(db: DatabaseSync, change: string): JournalRow[] {
    return statement(db, 'SELECT * FROM label_journal WHERE change = ? ORDER BY seq DESC').all(change).map(journalRow)
  },

  /** The change that touched a row last. The reference's is looked up with each accept, the others' only to explain a conflict. */
  lastOf(db: DatabaseSync, base: string, what: What, row: string): string | undefined {
    const last =
      what === 'reference'
        ? statement(
            db,
            `SELECT change FROM label_journal WHERE base = ? AND what = 'reference' AND row = ? ORDER BY seq DESC LIMIT 1`,
          ).get(base, row)
        : statement(
            db,
            'SELECT change FROM label_journal WHERE base = ? AND what = ? AND row = ? ORDER BY seq DESC LIMIT 1',
          ).get(base, what, row)
    return last && String(last.change)
  },

  /** Entries about references and labels, oldest first, so that pages stay as they are while more is added. */
  list(
    db: DatabaseSync,
    base: string,
    change: string | undefined,
    offset: number,
    limit: number,
  ): { total: number; entries: JournalEntry[] } {
    const where = `FROM label_journal j JOIN label_changes c ON c.id = j.change
      WHERE j.base = :base AND j.what <> 'levels' ${change === undefined ? '' : 'AND j.change = :change'}`
    const which = { base, ...(change === undefined ? {} : { change }) }
    const total = statement(db, `SELECT count(*) AS n ${where}`).get(which)
    const rows = statement(db, `SELECT j.*, c.at, c.by ${where} ORDER BY j.seq LIMIT :limit OFFSET :offset`).all({
      ...which,
      limit,
      offset,
    })
    return { total: Number(total?.n), entries: rows.map(journalEntry) }
  },
}

function labelChange(row: Row): LabelChange {
  return {
    id: String(row.id),
    at: String(row.at),
    by: String(row.by),
    kind: row.kind as LabelChange['kind'],
    title: String(row.title),
    count: Number(row.count),
    ...(row.undone_by === null ? {} : { undoneBy: String(row.undone_by) }),
    ...(row.undoes === null ? {} : { undoes: String(row.undoes) }),
  }
}

function journalRow(row: Row): JournalRow {
  return {
    what: row.what as What,
    row: String(row.row),
    text: String(row.text),
    before: row.before === null ? undefined : String(row.before),
    after: row.after === null ? undefined : String(row.after),
    beforePath: parsed(row.before_path),
    afterPath: parsed(row.after_path),
    suggested: parsed(row.suggested),
    source: parsed(row.source),
  }
}

function journalEntry(row: Row): JournalEntry {
  return {
    change: String(row.change),
    at: String(row.at),
    by: String(row.by),
    text: String(row.text),
    label: row.what === 'node' || undefined,
    before: parsed(row.before_path),
    after: parsed(row.after_path),
    suggested: parsed(row.suggested),
    source: parsed(row.source),
  }
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function parsed<T>(column: SQLOutputValue | undefined): T | undefined {
  return typeof column === 'string' ? (JSON.parse(column) as T) : undefined
}
