import type { TaxonomyNode } from '@secxops/protocol/labels'
import type { LabelTree } from '../tree/label-tree.ts'
import { isWithin } from './rows.ts'

/** Where a label is dropped on a row: as a child of it, or beside it. */
export type Where = 'into' | 'before' | 'after'

/** A place in the tree; `before`: the sibling it comes to stand before, absent: last. */
export interface Place {
  parent?: number
  before?: number
}

/** The place that a drop means; undefined where the label cannot go or stands already. */
export function droppedAt(tree: LabelTree, id: number, onto: number, where: Where): Place | undefined {
  const [node, target] = [tree.node(id), tree.node(onto)]
  if (!node || !target || isWithin(tree, target, id)) return undefined
  if (where === 'into') return node.parent === onto ? undefined : { parent: onto }
  const siblings = tree.children(target.parent)
  const at = siblings.indexOf(target) + (where === 'after' ? 1 : 0)
  if (node.parent === target.parent && (siblings[at] === node || siblings[at - 1] === node)) return undefined
  return placeAt(siblings, at)
}

/** The place one before (-1) or after (1) that of a label, among its siblings; undefined at the end. */
export function nextPlace(tree: LabelTree, node: TaxonomyNode, by: -1 | 1): Place | undefined {
  const siblings = tree.children(node.parent)
  const at = siblings.indexOf(node) + by
  if (at < 0 || at >= siblings.length) return undefined
  return placeAt(siblings, by < 0 ? at : at + 1)
}

function placeAt(siblings: readonly TaxonomyNode[], at: number): Place {
  const parent = siblings[0]?.parent
  const before = siblings[at]?.id
  return { ...(parent === undefined ? {} : { parent }), ...(before === undefined ? {} : { before }) }
}

/** Which part of a row is pointed at: its edges mean beside it, except that below an open branch comes its first child. */
export function whereOn(offset: number, height: number, open: boolean): Where {
  const edge = height / 4
  if (offset < edge) return 'before'
  return offset > height - edge && !open ? 'after' : 'into'
}
