import type { DatabaseSync } from 'node:sqlite'
import { SecxopsError } from '@secxops/protocol/errors'
import type { LabelChange, LabelPath } from '@secxops/protocol/labels'
import { type BaseRow, bases } from './base-rows.ts'
import { changes, type JournalRow, journal } from './journal-rows.ts'
import { DEEPEST, nameKey, shown, shownPath } from './label-name.ts'
import { NodePaths } from './node-paths.ts'
import { type NodeRow, nodes } from './node-rows.ts'
import { type ReferenceRow, references } from './reference-rows.ts'

/** What a caller says of the change that it makes. */
export type ChangeHead = Pick<LabelChange, 'id' | 'by' | 'kind' | 'title' | 'undoes'>

/**
 * The one way by which nodes and references change: each row that is put has its journal entry, and {@link finish} checks that the tree
 * is still a tree. Lives within one write transaction.
 */
export class ChangeWriter {
  readonly db: DatabaseSync
  readonly base: BaseRow
  readonly #change: LabelChange
  readonly #paths: NodePaths
  readonly #references = new Set<string>()
  readonly #nodes = new Set<number>()
  /** Of them those that were removed. */
  readonly #gone = new Set<number>()
  /** Nodes that references were put at. */
  readonly #holders = new Set<number>()
  #levels = false

  constructor(db: DatabaseSync, base: BaseRow, head: ChangeHead) {
    this.db = db
    this.base = base
    this.#paths = new NodePaths(db, base.name)
    const known = changes.get(db, head.id)
    if (known && (known.base !== base.name || known.undoneBy !== undefined))
      throw new SecxopsError({
        code: 'conflict',
        message: `"${known.title}" was taken back meanwhile, so nothing more is added to it.`,
      })
    this.#change = known ? { ...known, title: head.title } : { ...head, at: new Date().toISOString(), count: 0 }
    changes.put(db, base.name, this.#change)
  }

  get id(): string {
    return this.#change.id
  }

  get at(): string {
    return this.#change.at
  }

  get by(): string {
    return this.#change.by
  }

  /** Ids of references that were put or removed. */
  get touchedReferences(): ReadonlySet<string> {
    return this.#references
  }

  get treeTouched(): boolean {
    return this.#nodes.size > 0 || this.#levels
  }

  /** Path of a node that is there. */
  pathOf(id: number): LabelPath {
    return this.#paths.of(id)
  }

  /** Adds a node below `parent`, last unless `position` says otherwise. The name is clean and no sibling has it. */
  addNode(parent: number, name: string, description = '', position = this.endOf(parent)): NodeRow {
    const id = this.base.nextNode++
    const node: NodeRow = { id, parent, position, name, description, removed: false, mergedInto: null }
    this.putNode(undefined, node)
    return node
  }

  /** Position behind the last child. */
  endOf(parent: number): number {
    return (nodes.lastPosition(this.db, this.base.name, parent) ?? 0) + POSITION_GAP
  }

  putNode(before: NodeRow | undefined, after: NodeRow | undefined): void {
    const id = (after ?? before)?.id as number
    const beforePath = before && this.#pathWith(before)
    try {
      if (after) nodes.put(this.db, this.base.name, after, nameKey(after.name))
      else nodes.delete(this.db, this.base.name, id)
    } catch (error) {
      const twin = after && nodes.child(this.db, this.base.name, after.parent, nameKey(after.name))
      if (!twin) throw error
      throw new SecxopsError(
        { code: 'conflict', message: `${shownPath(this.pathOf(twin.id))} is there already.` },
        { cause: error },
      )
    }
    // A node that comes or goes changes no other's path.
    if (before && after && (before.name !== after.name || before.parent !== after.parent)) this.#paths.forget()
    this.#nodes.add(id)
    if (!after || after.removed) this.#gone.add(id)
    else this.#gone.delete(id)
    this.#log({
      what: 'node',
      row: String(id),
      text: (after ?? before)?.name ?? '',
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
      beforePath,
      afterPath: after && this.#pathWith(after),
    })
  }

  putReference(
    id: string,
    text: string,
    before: ReferenceRow | undefined,
    after: ReferenceRow | undefined,
    more: Pick<JournalRow, 'suggested' | 'source'> = {},
  ): void {
    if (after) references.put(this.db, this.base.name, id, text, after)
    else references.delete(this.db, this.base.name, id)
    if (after) this.#holders.add(after.node)
    this.#references.add(id)
    this.#log({
      what: 'reference',
      row: id,
      text,
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
      beforePath: before && this.pathOf(before.node),
      afterPath: after && this.pathOf(after.node),
      ...more,
    })
  }

  setLevels(levels: string[]): void {
    this.#log({
      what: 'levels',
      row: '',
      text: '',
      before: JSON.stringify(this.base.levels),
      after: JSON.stringify(levels),
    })
    this.base.levels = levels
    this.#levels = true
  }

  /** The change as it stands; `title` in place of the one that was given first. Throws conflict when the tree would no longer be one. */
  finish({ title, count }: { title?: string; count?: number } = {}): LabelChange {
    const { db, base } = this
    this.#checkHolders()
    if (this.#nodes.size > 0) this.#checkTree()
    if (this.treeTouched) base.treeVersion += 1
    if (this.treeTouched || this.#references.size > 0) base.version += 1
    bases.update(db, base)
    const touched = this.#references.size > 0 ? this.#references.size : this.#nodes.size
    const change = {
      ...this.#change,
      title: title ?? this.#change.title,
      count: this.#change.count + (count ?? touched),
    }
    changes.put(db, base.name, change)
    return change
  }

  #checkHolders(): void {
    for (const id of this.#holders) {
      const node = nodes.get(this.db, this.base.name, id)
      // A node that goes in this very change is looked at by #checkTree.
      if ((node && !node.removed) || this.#gone.has(id)) continue
      throw new SecxopsError({
        code: 'conflict',
        message: `A reference would get a label${node ? `, ${shown(node.name)},` : ''} that is no longer in the tree. Take back the later changes of the tree first.`,
      })
    }
  }

  #checkTree(): void {
    const { db, base } = this
    for (const id of this.#gone) {
      if (references.anyOfNode(db, base.name, id))
        throw new SecxopsError({
          code: 'conflict',
          message: 'A label would go while a reference still stands under it. Take back what was done with that first.',
        })
    }
    const { reached, all, depth, leaves } = nodes.shape(db, base.name, DEEPEST)
    if (depth > DEEPEST)
      throw new SecxopsError({ code: 'too-large', message: `The tree would have more than ${DEEPEST} levels.` })
    if (reached !== all)
      throw new SecxopsError({
        code: 'conflict',
        message: 'A label would be left under one that is not there. Take back the later changes of the tree first.',
      })
    base.depth = depth
    base.leaves = leaves
  }

  /** Path of a node as the row has it; undefined when it is removed there. */
  #pathWith({ removed, parent, name }: NodeRow): LabelPath | undefined {
    return removed ? undefined : [...this.#paths.of(parent), name]
  }

  #log(row: JournalRow): void {
    journal.add(this.db, this.base.name, this.#change.id, row)
  }
}

/** Between two siblings, so that 20 nodes can be put between them before the others must be numbered anew. */
export const POSITION_GAP = 1 << 20
