import type { DatabaseSync } from 'node:sqlite'
import type { LabelPath, Taxonomy, TaxonomyNode } from '@secxops/protocol/labels'
import type { BaseRow } from './base-rows.ts'
import { type NodeRow, nodes, TOP } from './node-rows.ts'
import { references } from './reference-rows.ts'

/** The tree of a base with the number of references at each node. */
export function readTree(db: DatabaseSync, base: BaseRow): Taxonomy {
  const counts = references.countByNode(db, base.name)
  const list: TaxonomyNode[] = []
  walk(nodes.all(db, base.name), ({ id, parent, name, description }) => {
    list.push({
      id,
      ...(parent === TOP ? {} : { parent }),
      name,
      ...(description === '' ? {} : { description }),
      references: counts.get(id)?.all ?? 0,
    })
  })
  return { version: base.treeVersion, levels: base.levels, nodes: list }
}

/** Nodes without children, in the order of the tree. */
export function readLeaves(db: DatabaseSync, base: string): { id: number; path: LabelPath }[] {
  const all = nodes.all(db, base)
  const inner = new Set(all.map(({ parent }) => parent))
  const leaves: { id: number; path: LabelPath }[] = []
  walk(all, ({ id }, path) => {
    if (!inner.has(id)) leaves.push({ id, path: [...path] })
  })
  return leaves
}

/** Visits parents before children, siblings in their order. `path` is the same array each time. */
function walk(all: readonly NodeRow[], visit: (node: NodeRow, path: LabelPath) => void): void {
  const children = new Map<number, NodeRow[]>()
  for (const node of all) {
    const siblings = children.get(node.parent)
    if (siblings) siblings.push(node)
    else children.set(node.parent, [node])
  }
  const path: LabelPath = []
  const below = (parent: number): void => {
    for (const node of children.get(parent) ?? []) {
      path.push(node.name)
      visit(node, path)
      below(node.id)
      path.pop()
    }
  }
  below(TOP)
}
