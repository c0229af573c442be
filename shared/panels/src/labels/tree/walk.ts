import type { LabelPath } from '@secxops/protocol/labels'
import type { LabelTree } from './label-tree.ts'

/** Where the arrow keys lead from a label; the same label where there is no way on. */
export type Step = 'up' | 'down' | 'out' | 'in'

/** `along`: a path whose branch is taken on the way in; else the first child. Without `from`: the first label of the tree. */
export function walk(
  tree: LabelTree,
  from: LabelPath | undefined,
  step: Step,
  along?: LabelPath,
): LabelPath | undefined {
  const node = from && tree.find(from)
  if (!from || !node) {
    const first = tree.children()[0]
    return first && [first.name]
  }
  if (step === 'out') return from.length > 1 ? from.slice(0, -1) : from
  if (step === 'in') {
    const children = tree.children(node.id)
    const wanted = from.every((name, level) => along?.[level] === name) ? along?.[from.length] : undefined
    const child = children.find(({ name }) => name === wanted) ?? children[0]
    return child ? [...from, child.name] : from
  }
  const siblings = tree.children(node.parent)
  const at = siblings.indexOf(node) + (step === 'down' ? 1 : -1)
  const sibling = siblings[Math.min(siblings.length - 1, Math.max(0, at))]
  return sibling ? [...from.slice(0, -1), sibling.name] : from
}

/** What separates names where a path is typed or shown in one line. */
export const SEPARATOR = ' › '

/**
 * The label that typed words would make: `a › b` or `a > b` from the top, a single name beside the chosen label; undefined when there is
 * nothing in them or the tree has it already.
 */
export function newPath(tree: LabelTree, typed: string, beside: LabelPath | undefined): LabelPath | undefined {
  const names = typed
    .split(/\s+[>›]\s+/)
    .map((name) => name.trim().normalize('NFC'))
    .filter((name) => name !== '')
  if (names.length === 0 || names.some((name) => name.length > 400 || UNSEEN.test(name))) return undefined
  const path = names.length > 1 ? names : [...(beside?.slice(0, -1) ?? []), ...names]
  return path.length > 16 || tree.find(path) ? undefined : path
}

const UNSEEN = /[\p{Cc}\p{Cs}]/u
