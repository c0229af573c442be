import { SecxopsError } from '@secxops/protocol/errors'
import type { TaxonomyEdit } from '@secxops/protocol/labels'
import { type ChangeWriter, POSITION_GAP } from './change-writer.ts'
import { labelName, nameKey, shown, shownPath } from './label-name.ts'
import { type NodeRow, nodes, TOP } from './node-rows.ts'
import { references } from './reference-rows.ts'

/** Carries out one edit; answers what was done, in plain words. Throws not-found, conflict, cycle or bad-name. */
export function editTree(writer: ChangeWriter, edit: TaxonomyEdit): string {
  switch (edit.kind) {
    case 'add':
      return add(writer, edit.parent, edit.name, edit.description)
    case 'rename':
      return rename(writer, live(writer, edit.node), edit.name)
    case 'describe':
      return describe(writer, live(writer, edit.node), edit.description)
    case 'move':
      return move(writer, live(writer, edit.node), edit.parent, edit.before)
    case 'merge':
      return merge(writer, live(writer, edit.from), live(writer, edit.into))
    case 'split':
      return split(writer, live(writer, edit.node), edit.name, edit.references)
    case 'remove':
      return remove(writer, live(writer, edit.node), edit.references === true)
  }
}

function add(writer: ChangeWriter, parent: number | undefined, rawName: string, description = ''): string {
  const name = labelName(rawName)
  const below = parent === undefined ? TOP : live(writer, parent).id
  refuseTwin(writer, below, name)
  const node = writer.addNode(below, name, description)
  return `Added ${shownPath(writer.pathOf(node.id))}`
}

function rename(writer: ChangeWriter, node: NodeRow, rawName: string): string {
  const name = labelName(rawName)
  const path = shownPath(writer.pathOf(node.id))
  refuseTwin(writer, node.parent, name, node.id)
  if (name !== node.name) writer.putNode(node, { ...node, name })
  return `Renamed ${path} to ${shown(name)}`
}

function describe(writer: ChangeWriter, node: NodeRow, description: string): string {
  if (description !== node.description) writer.putNode(node, { ...node, description })
  return `Described ${shownPath(writer.pathOf(node.id))}`
}

function move(writer: ChangeWriter, node: NodeRow, to: number | undefined, before: number | undefined): string {
  const parent = to === undefined ? TOP : live(writer, to).id
  const path = shownPath(writer.pathOf(node.id))
  if (stands(writer, parent, node.id)) throw underItself(path)
  refuseTwin(writer, parent, node.name, node.id)
  const position = before === undefined ? writer.endOf(parent) : positionBefore(writer, parent, before, node.id)
  writer.putNode(node, { ...node, parent, position })
  return parent === TOP ? `Moved ${path} to the top` : `Moved ${path} under ${shownPath(writer.pathOf(parent))}`
}

function merge(writer: ChangeWriter, from: NodeRow, into: NodeRow): string {
  const title = `Merged ${shownPath(writer.pathOf(from.id))} into ${shownPath(writer.pathOf(into.id))}`
  if (stands(writer, into.id, from.id)) throw underItself(shownPath(writer.pathOf(from.id)))
  mergeNodes(writer, from, into)
  return title
}

/** `from` goes before its children move, because one of them may have its name. */
function mergeNodes(writer: ChangeWriter, from: NodeRow, into: NodeRow): void {
  const { db, base } = writer
  moveReferences(writer, references.ofNode(db, base.name, from.id), into.id)
  writer.putNode(from, { ...from, removed: true, mergedInto: into.id })
  for (const child of nodes.children(db, base.name, from.id)) {
    const twin = nodes.child(db, base.name, into.id, nameKey(child.name))
    if (twin) mergeNodes(writer, child, twin)
    else writer.putNode(child, { ...child, parent: into.id, position: writer.endOf(into.id) })
  }
}

function split(writer: ChangeWriter, node: NodeRow, rawName: string, ids: readonly string[]): string {
  const name = labelName(rawName)
  const { db, base } = writer
  refuseTwin(writer, node.parent, name)
  const path = shownPath(writer.pathOf(node.id))
  const foreign = ids.find((id) => references.get(db, base.name, id)?.node !== node.id)
  if (foreign !== undefined)
    throw new SecxopsError({
      code: 'conflict',
      message: `The reference ${foreign} does not stand at ${path} (any more).`,
    })
  const next = nodes
    .children(db, base.name, node.parent)
    .find(({ position, id }) => position > node.position || (position === node.position && id > node.id))
  const position = next && positionBefore(writer, node.parent, next.id)
  const added = writer.addNode(node.parent, name, '', position)
  moveReferences(writer, ids, added.id)
  return `Split ${shown(name)} off ${path}`
}

function remove(writer: ChangeWriter, node: NodeRow, withReferences: boolean): string {
  const { db, base } = writer
  const path = shownPath(writer.pathOf(node.id))
  const gone = subtree(writer, node)
  const held = gone.flatMap(({ id }) => references.ofNode(db, base.name, id))
  if (held.length > 0 && !withReferences)
    throw new SecxopsError({
      code: 'conflict',
      message: `${held.length} reference(s) stand under ${path}. Remove them with it, or merge it into another label.`,
    })
  removeReferences(writer, held)
  for (const one of gone.reverse()) writer.putNode(one, { ...one, removed: true })
  return gone.length > 1 ? `Removed ${path} and ${gone.length - 1} label(s) under it` : `Removed ${path}`
}

/** Answers how many there were. */
export function removeReferences(writer: ChangeWriter, ids: Iterable<string>): number {
  let count = 0
  for (const id of new Set(ids)) {
    const found = references.get(writer.db, writer.base.name, id)
    if (!found) continue
    const { text, ...row } = found
    writer.putReference(id, text, row, undefined)
    count += 1
  }
  return count
}

function moveReferences(writer: ChangeWriter, ids: readonly string[], node: number): void {
  for (const id of ids) {
    const found = references.get(writer.db, writer.base.name, id)
    if (!found) continue
    const { text, ...row } = found
    writer.putReference(id, text, row, { ...row, node })
  }
}

/** The node and all below it, parents first. */
function subtree(writer: ChangeWriter, node: NodeRow): NodeRow[] {
  const all = [node]
  // Grows while it is gone through.
  for (const one of all) all.push(...nodes.children(writer.db, writer.base.name, one.id))
  return all
}

/** Whether `id` is `ancestor` or stands below it. */
function stands(writer: ChangeWriter, id: number, ancestor: number): boolean {
  let at = id
  while (at !== TOP && at !== ancestor) at = nodes.get(writer.db, writer.base.name, at)?.parent ?? TOP
  return at === ancestor
}

/** Between `before` and the sibling ahead of it; `moving` does not count as one. Numbers the siblings anew where there is no room. */
function positionBefore(writer: ChangeWriter, parent: number, before: number, moving?: number): number {
  const siblings = nodes.children(writer.db, writer.base.name, parent).filter(({ id }) => id !== moving)
  const at = siblings.findIndex(({ id }) => id === before)
  const next = siblings[at]
  if (!next)
    throw new SecxopsError({
      code: 'not-found',
      message: `The label ${before}, before which another was to stand, is not there (any more).`,
    })
  const ahead = siblings[at - 1]?.position ?? next.position - 2 * POSITION_GAP
  const between = Math.floor((ahead + next.position) / 2)
  if (between > ahead && between < next.position) return between
  siblings.forEach((sibling, i) => {
    writer.putNode(sibling, { ...sibling, position: (i + 1) * POSITION_GAP })
  })
  return at * POSITION_GAP + POSITION_GAP / 2
}

function live(writer: ChangeWriter, id: number): NodeRow {
  const node = nodes.get(writer.db, writer.base.name, id)
  if (node && !node.removed) return node
  throw new SecxopsError({
    code: 'not-found',
    message: node
      ? `The label ${shown(node.name)} was removed from ${writer.base.name}.`
      : `${writer.base.name} has no label with the id ${id}.`,
  })
}

function refuseTwin(writer: ChangeWriter, parent: number, name: string, except?: number): void {
  const twin = nodes.child(writer.db, writer.base.name, parent, nameKey(name))
  if (!twin || twin.id === except) return
  throw new SecxopsError({
    code: 'conflict',
    message: `${shownPath(writer.pathOf(twin.id))} is there already. Merge the two, or take another name.`,
  })
}

const underItself = (path: string): SecxopsError =>
  new SecxopsError({ code: 'cycle', message: `${path} cannot go under itself or a label below it.` })
