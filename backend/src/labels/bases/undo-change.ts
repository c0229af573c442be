import type { DatabaseSync } from 'node:sqlite'
import { SecxopsError } from '@secxops/protocol/errors'
import type { LabelChange } from '@secxops/protocol/labels'
import type { ChangeWriter } from './change-writer.ts'
import { changes, type JournalRow, journal } from './journal-rows.ts'
import { shown } from './label-name.ts'
import { type NodeRow, nodes } from './node-rows.ts'
import { type ReferenceRow, references } from './reference-rows.ts'

/**
 * The change that undo takes back: the one that is named, else the newest that stands. Throws not-found, or conflict when it was taken
 * back before.
 */
export function changeToUndo(db: DatabaseSync, base: string, id: string | undefined): LabelChange {
  const change = id === undefined ? changes.newestStanding(db, base) : changes.get(db, id)
  if (!change || ('base' in change && change.base !== base))
    throw new SecxopsError({
      code: 'not-found',
      message: id === undefined ? `There is nothing to take back in ${base}.` : `${base} has no change ${id}.`,
    })
  if (change.undoneBy !== undefined)
    throw new SecxopsError({ code: 'conflict', message: `"${change.title}" was taken back already.` })
  return change
}

/** What the change that takes another back is called. */
export function undoTitle(change: LabelChange): string {
  return change.undoes === undefined
    ? `Took back: ${change.title}`
    : change.title.replace(/^(Took back|Put back): /, (was) => (was === 'Took back: ' ? 'Put back: ' : 'Took back: '))
}

/**
 * Puts back every row as it was before `change`, the last first. All or nothing: throws conflict when something of it was changed
 * later, naming what to take back first.
 */
export function undoChange(writer: ChangeWriter, change: LabelChange): void {
  for (const row of journal.backwards(writer.db, change.id)) {
    if (row.what === 'reference') undoReference(writer, row)
    else if (row.what === 'node') undoNode(writer, row)
    else undoLevels(writer, row)
  }
  // What it took back stands again, what that had taken back falls again, and so on.
  changes.setUndoneBy(writer.db, change.id, writer.id)
  let by = change.id
  let stands = true
  for (let id = change.undoes; id !== undefined; stands = !stands) {
    changes.setUndoneBy(writer.db, id, stands ? null : by)
    by = id
    id = changes.get(writer.db, id)?.undoes
  }
}

function undoReference(writer: ChangeWriter, row: JournalRow): void {
  const found = references.get(writer.db, writer.base.name, row.row)
  const { text = row.text, ...rest } = found ?? {}
  const current = found && (rest as ReferenceRow)
  if (JSON.stringify(current) !== row.after) throw changedLater(writer, row)
  writer.putReference(row.row, text, current, row.before === undefined ? undefined : JSON.parse(row.before))
}

function undoNode(writer: ChangeWriter, row: JournalRow): void {
  const current = nodes.get(writer.db, writer.base.name, Number(row.row))
  if (JSON.stringify(current) !== row.after) throw changedLater(writer, row)
  writer.putNode(current, row.before === undefined ? undefined : (JSON.parse(row.before) as NodeRow))
}

function undoLevels(writer: ChangeWriter, row: JournalRow): void {
  if (JSON.stringify(writer.base.levels) !== row.after) throw changedLater(writer, row)
  writer.setLevels(JSON.parse(row.before ?? '[]') as string[])
}

function changedLater(writer: ChangeWriter, row: JournalRow): SecxopsError {
  const last = journal.lastOf(writer.db, writer.base.name, row.what, row.row)
  const later = last === undefined ? undefined : changes.get(writer.db, last)
  return new SecxopsError({
    code: 'conflict',
    message: `${shown(row.text)} was changed later${later ? ` by "${later.title}"` : ''}. Take that back first.`,
    next: later && [
      {
        kind: 'run-command',
        label: 'Take it back',
        command: `secxops label undo --base ${writer.base.name} --change ${later.id}`,
      },
    ],
  })
}
