import type { DatabaseSync } from 'node:sqlite'
import { PATH_JOINT } from '@secxops/protocol/label-words'
import type { Strategy, Suggestion, TextsIn } from '@secxops/protocol/labels'
import { statement } from '../../store/statement.ts'
import { readTexts } from '../files/texts.ts'
import { masked, normalised, textKey } from '../ranking/text-views.ts'
import type { LabelEngine } from '../services.ts'
import { type ImportRequest, sameFile } from './import-references.ts'
import type { JobContext, JobWork } from './jobs.ts'

/** Rows of the file that are made durable together. */
const ROWS = 2000
/** Texts that are answered between two steps. */
const BATCH = 32
/** An item among others of its kind waits behind less sure ones of other kinds: each before it takes this share of its urgency. */
const ALIKE = 0.8

export interface LabelRequest extends Pick<ImportRequest, 'size' | 'mtimeMs'> {
  /** Absolute path of what is read. */
  path: string
  texts: TextsIn
  strategy?: Strategy
}

/** Where a labelling goes on: after its rows were read, at the item to be answered next. */
type Cursor = { next: number } | null

interface Group {
  id: number
  /** The text of the group that sorts first: it is answered for all, whatever the order of the rows. */
  text: string
  rows: number
  line: number
}

/** Suggests a label for every text of a file; texts that share their masked key are answered once. */
export function labelFile(engine: LabelEngine): JobWork {
  return async (context) => {
    const request = context.request as unknown as LabelRequest
    if ((context.cursor as Cursor) === null) await readRows(context, request)
    await answer(context, request, engine)
    await context.step({}, (db) => orderQueue(db, context.id))
  }
}

async function readRows(context: JobContext, request: LabelRequest): Promise<void> {
  await sameFile(request.path, request)
  const { id: job, signal } = context
  await context.step({ done: 0, skipped: {} }, (db) => forgetItems(db, job))
  const groups = new Map<string, Group>()
  const skipped: Record<string, number> = {}
  let batch: { line: number; item: number; text: string }[] = []
  const commit = async (): Promise<void> => {
    const rows = batch
    batch = []
    await context.step({ skipped }, (db) => {
      const insert = statement(db, 'INSERT INTO label_rows VALUES (?, ?, ?, ?)')
      for (const { line, item, text } of rows) insert.run(job, line, item, text)
    })
  }
  for await (const row of readTexts(request.path, request.texts, signal)) {
    if (row.text === undefined) {
      if (row.skipped) skipped[row.skipped] = (skipped[row.skipped] ?? 0) + 1
      continue
    }
    const key = textKey(row.text)
    const group = groups.get(key)
    if (group) {
      group.rows++
      if (row.text < group.text) group.text = row.text
    } else groups.set(key, { id: groups.size, text: row.text, rows: 1, line: row.line })
    batch.push({ line: row.line, item: group?.id ?? groups.size - 1, text: row.text })
    if (batch.length >= ROWS) await commit()
  }
  await commit()
  await context.step({ total: groups.size, cursor: { next: 0 } satisfies Cursor }, (db) => {
    const insert = statement(db, 'INSERT INTO label_items (job, id, key, text, rows, line) VALUES (?, ?, ?, ?, ?, ?)')
    for (const [key, { id, text, rows, line }] of groups) insert.run(job, id, key, text, rows, line)
  })
}

/** Two batches are under way at a time: the texts of one are embedded while those of the other are ranked. */
async function answer(context: JobContext, { strategy }: LabelRequest, engine: LabelEngine): Promise<void> {
  const { id: job, base, signal } = context
  const ask = (from: number): Promise<[id: number, suggestion: Suggestion][]> => {
    const items = context.read((db) =>
      statement(db, 'SELECT id, text FROM label_items WHERE job = ? AND id >= ? ORDER BY id LIMIT ?').all(
        job,
        from,
        BATCH,
      ),
    ) as { id: number; text: string }[]
    const texts = items.map(({ text }) => text)
    const asked = engine.suggestAll(base, texts, { signal, ...(strategy ? { strategy } : {}) })
    return asked.then((suggestions) => items.map(({ id }, i) => [id, suggestions[i] as Suggestion]))
  }
  let next = (context.cursor as Cursor)?.next ?? 0
  let coming = ask(next)
  for (;;) {
    const ahead = ask(next + BATCH)
    // Awaited in the next round, or not at all where this one fails.
    ahead.catch(() => undefined)
    const answered = await coming
    if (answered.length === 0) return
    next += answered.length
    await context.step({ done: next, cursor: { next } satisfies Cursor }, (db) => {
      for (const [id, suggestion] of answered) setSuggestion(db, job, id, suggestion)
    })
    coming = ahead
  }
}

function setSuggestion(db: DatabaseSync, job: string, id: number, suggestion: Suggestion): void {
  const { path, confidence } = suggestion
  statement(
    db,
    'UPDATE label_items SET suggestion = ?, path = ?, confidence = ?, queue = ? WHERE job = ? AND id = ?',
  ).run(JSON.stringify(suggestion), path.join(PATH_JOINT), confidence, 1 - confidence, job, id)
}

/** Least sure first, but items that look alike and get the same label do not all come in a row. */
function orderQueue(db: DatabaseSync, job: string): void {
  const items = statement(
    db,
    'SELECT id, text, path, confidence FROM label_items WHERE job = ? ORDER BY confidence, id',
  ).all(job) as { id: number; text: string; path: string; confidence: number }[]
  const before = new Map<string, number>()
  const update = statement(db, 'UPDATE label_items SET queue = ? WHERE job = ? AND id = ?')
  for (const { id, text, path, confidence } of items) {
    const kind = `${path}${PATH_JOINT}${masked(normalised(text)).split(' ', 2).join(' ')}`
    const rank = before.get(kind) ?? 0
    before.set(kind, rank + 1)
    update.run((1 - confidence) * ALIKE ** rank, job, id)
  }
}

function forgetItems(db: DatabaseSync, job: string): void {
  statement(db, 'DELETE FROM label_rows WHERE job = ?').run(job)
  statement(db, 'DELETE FROM label_items WHERE job = ?').run(job)
}
