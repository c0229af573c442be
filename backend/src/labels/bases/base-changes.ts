import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { SecxopsError } from '@secxops/protocol/errors'
import type { LabelChange, LabelPath, TaxonomyEdit } from '@secxops/protocol/labels'
import type { Events, Store } from '../../services.ts'
import type { NewLabel, ReferencesChanged } from '../services.ts'
import type { BaseCatalog } from './base-catalog.ts'
import { bases } from './base-rows.ts'
import { type ChangeHead, ChangeWriter } from './change-writer.ts'
import { editTree, removeReferences } from './edit-tree.ts'
import { changes, journal } from './journal-rows.ts'
import { nameKey, shownPath } from './label-name.ts'
import { NodePaths } from './node-paths.ts'
import { nodes, TOP } from './node-rows.ts'
import { references } from './reference-rows.ts'
import { changeToUndo, undoChange, undoTitle } from './undo-change.ts'
import { referenceId, shownLabel, writeLabels } from './write-labels.ts'

/** All that changes a base, each as one change in one transaction. */
export class BaseChanges {
  readonly #store: Store
  readonly #events: Events
  readonly #catalog: BaseCatalog
  readonly #listeners: ((change: ReferencesChanged) => void)[] = []
  /** Written but not yet told, by base. */
  readonly #untold = new Map<string, { references: Set<string>; tree: boolean }>()

  constructor(store: Store, events: Events, catalog: BaseCatalog) {
    this.#store = store
    this.#events = events
    this.#catalog = catalog
  }

  onChange(listener: (change: ReferencesChanged) => void): void {
    this.#listeners.push(listener)
  }

  writeIn(db: DatabaseSync, base: string, head: ChangeHead, labels: readonly NewLabel[]): LabelChange {
    const writer = new ChangeWriter(db, this.#catalog.row(base), head)
    writeLabels(writer, labels)
    return this.#finish(writer)
  }

  /** Makes one change of a base and tells of it. */
  async change<T extends { title?: string }>(
    base: string,
    by: string,
    kind: LabelChange['kind'],
    make: (writer: ChangeWriter) => T,
  ): Promise<{ change: LabelChange; made: T }> {
    const result = await this.#store.write((db) => {
      const writer = new ChangeWriter(db, this.#catalog.row(base), { id: randomUUID(), by, kind, title: '' })
      const made = make(writer)
      return { change: this.#finish(writer, made.title), made }
    })
    this.written(base)
    return result
  }

  /** A human's word on a text. The same word of the same person again changes nothing and answers the change that stands. */
  async accept(base: string, label: Omit<NewLabel, 'origin' | 'trust'>, by: string): Promise<LabelChange> {
    const change = await this.#store.write((db) => {
      const row = this.#catalog.row(base)
      const id = referenceId(label.text)
      const before = references.get(db, base, id)
      const node = this.#findNode(db, base, label.path)
      if (before?.origin === 'human' && before.by === by && before.node === node) {
        const last = changes.get(db, journal.lastOf(db, base, 'reference', id) ?? '')
        if (last) return { ...last, base: undefined }
      }
      const was = before && before.node !== node ? new NodePaths(db, base).of(before.node) : undefined
      const kind = was ? 'edit' : 'accept'
      const writer = new ChangeWriter(db, row, { id: randomUUID(), by, kind, title: '' })
      const added = writeLabels(writer, [{ ...label, origin: 'human', trust: 1 }])
      const title = `Labelled ${shownLabel(label.text, label.path)}${was ? ` instead of ${shownPath(was)}` : ''}${added.length > 0 ? ' (a new label)' : ''}`
      return this.#finish(writer, title)
    })
    this.written(base)
    return change
  }

  async removeReferences(base: string, ids: readonly string[], by: string): Promise<LabelChange> {
    const { change } = await this.change(base, by, 'remove', (writer) => {
      const count = removeReferences(writer, ids)
      if (count === 0)
        throw new SecxopsError({ code: 'not-found', message: `None of these references is in ${base} (any more).` })
      return { title: count === 1 ? 'Removed a reference' : `Removed ${count} references` }
    })
    return change
  }

  /** `version`: that of the tree which the edits were made for. */
  async editTree(base: string, version: number, edits: readonly TaxonomyEdit[], by: string): Promise<LabelChange> {
    const { change } = await this.change(base, by, 'taxonomy', (writer) => {
      if (writer.base.treeVersion !== version)
        throw new SecxopsError({
          code: 'conflict',
          message: `The tree of ${base} was changed meanwhile: it has version ${writer.base.treeVersion}, the edits were made for ${version}. Read it again.`,
        })
      const titles = edits.map((edit, i) => numbered(i, edits.length, () => editTree(writer, edit)))
      return { title: titles.length > 1 ? `${titles[0]}, and ${titles.length - 1} more edit(s)` : titles[0] }
    })
    return change
  }

  async undo(base: string, id: string | undefined, by: string): Promise<LabelChange> {
    const change = await this.#store.write((db) => {
      const row = this.#catalog.row(base)
      const undone = changeToUndo(db, base, id)
      const writer = new ChangeWriter(db, row, {
        id: randomUUID(),
        by,
        kind: 'undo',
        title: undoTitle(undone),
        undoes: undone.id,
      })
      undoChange(writer, undone)
      return this.#finish(writer, undefined, undone.count)
    })
    this.written(base)
    return change
  }

  /** Reads again what was touched, so that a transaction that did not come to pass tells nothing wrong. */
  written(base: string): void {
    const untold = this.#untold.get(base)
    if (!untold) return
    this.#untold.delete(base)
    const { db } = this.#store
    const row = bases.get(db, base)
    if (!row || row.removedAt !== undefined) return
    const { version } = row
    const paths = new NodePaths(db, base)
    const change: ReferencesChanged = { base, version, added: [], removed: [], tree: untold.tree }
    for (const id of untold.references) {
      const found = references.get(db, base, id)
      if (found) change.added.push({ id, text: found.text, path: paths.of(found.node), trust: found.trust })
      else change.removed.push(id)
    }
    for (const listener of this.#listeners) listener(change)
    this.#events.publish({ type: 'labels', base, version, ...(untold.tree ? {} : { sameTree: true }) })
  }

  #finish(writer: ChangeWriter, title?: string, count?: number): LabelChange {
    const change = writer.finish({ title, count })
    const { name } = writer.base
    const untold = this.#untold.get(name) ?? { references: new Set(), tree: false }
    for (const id of writer.touchedReferences) untold.references.add(id)
    untold.tree ||= writer.treeTouched
    if (untold.tree || untold.references.size > 0) this.#untold.set(name, untold)
    return change
  }

  #findNode(db: DatabaseSync, base: string, path: LabelPath): number | undefined {
    let id: number | undefined = TOP
    for (const name of path) id = id === undefined ? undefined : nodes.child(db, base, id, nameKey(name))?.id
    return id
  }
}

/** Says which of several edits failed. */
function numbered<T>(at: number, all: number, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof SecxopsError) || all === 1) throw error
    const message = `Edit ${at + 1} of ${all}: ${error.body.message} None was made.`
    throw new SecxopsError({ ...error.body, message, where: { field: `body.edits.${at}` } }, { cause: error })
  }
}
