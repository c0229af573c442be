import type { Coverage, TaxonomyNode } from '@secxops/protocol/labels'
import type { LabelTree } from '../tree/label-tree.ts'

export interface TreeRow {
  node: TaxonomyNode
  depth: number
  /** Absent: nothing is below it. */
  open?: boolean
  /** Place among its siblings, from 1, and their number. */
  place: number
  siblings: number
}

/** Nodes that are shown in place of the whole tree, with what stands above them. */
export function withParents(tree: LabelTree, nodes: Iterable<TaxonomyNode>): Set<number> {
  const shown = new Set<number>()
  for (const node of nodes)
    for (let at: TaxonomyNode | undefined = node; at && !shown.has(at.id); at = tree.parent(at)) shown.add(at.id)
  return shown
}

/** Rows of the tree from top to bottom: branches in `open`, or all of them where only `some` nodes are shown. */
export function rowsOf(tree: LabelTree, open: ReadonlySet<number>, some?: ReadonlySet<number>): TreeRow[] {
  const rows: TreeRow[] = []
  const add = (parent: number | undefined, depth: number): void => {
    const all = tree.children(parent)
    const children = some ? all.filter(({ id }) => some.has(id)) : all
    for (const [index, node] of children.entries()) {
      const inner = tree.children(node.id)
      const below = some ? inner.some(({ id }) => some.has(id)) : inner.length > 0
      const isOpen = below && (some !== undefined || open.has(node.id))
      rows.push({
        node,
        depth,
        place: index + 1,
        siblings: children.length,
        ...(inner.length > 0 ? { open: isOpen } : {}),
      })
      if (isOpen) add(node.id, depth + 1)
    }
  }
  add(undefined, 0)
  return rows
}

/** References of every node and all below it. */
export function sums(tree: LabelTree): Map<number, number> {
  const sum = new Map<number, number>()
  // Parents come before their children.
  for (const node of [...tree.taxonomy.nodes].reverse()) {
    const own = (sum.get(node.id) ?? 0) + node.references
    sum.set(node.id, own)
    if (node.parent !== undefined) sum.set(node.parent, (sum.get(node.parent) ?? 0) + own)
  }
  return sum
}

export interface Weakness {
  /** References of a leaf that should have more. */
  few?: number
  /** References that the others contradict. */
  conflicting?: number
}

/** Leaves that are thin or at odds with themselves, by node. */
export function weaknesses(tree: LabelTree, { leaves, enough }: Coverage): Map<number, Weakness> {
  const weak = new Map<number, Weakness>()
  for (const { path, references, suspect = 0 } of leaves) {
    if (references >= enough && suspect === 0) continue
    const node = tree.find(path)
    if (!node) continue
    weak.set(node.id, {
      ...(references < enough ? { few: references } : {}),
      ...(suspect > 0 ? { conflicting: suspect } : {}),
    })
  }
  return weak
}

/** Whether a node is another or stands below it. */
export function isWithin(tree: LabelTree, node: TaxonomyNode | undefined, above: number): boolean {
  for (let at = node; at; at = tree.parent(at)) if (at.id === above) return true
  return false
}
