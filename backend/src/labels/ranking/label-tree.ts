/** The label tree of a base as the ranking sees it: leaves in a fixed order and, for every level, which leaves go together. */
export interface LabelTree {
  /** Paths of the leaves, sorted; the index is the leaf's number. */
  leaves: readonly (readonly string[])[]
  numberOf: ReadonlyMap<string, number>
  /** The longest path. */
  depth: number
  /** Nodes of every level and, where a name has several parents, the leaves that share it. The leaf itself comes last but for its shared name. */
  groupings: readonly Grouping[]
  /** Different names with their words, in a fixed order; `nameAt[level][leaf]` is an index into them. */
  names: readonly string[]
  nameAt: readonly Int32Array[]
}

/** Leaves put into classes by a level. */
export interface Grouping {
  level: number
  shared: boolean
  /** Class of each leaf. */
  classOf: Int32Array
  classes: number
}

/** One string for a path; no label can hold the separator. */
export function pathKey(path: readonly string[]): string {
  return path.join('\u0000')
}

export function labelTree(paths: Iterable<readonly string[]>): LabelTree {
  const byKey = new Map<string, readonly string[]>()
  for (const path of paths) byKey.set(pathKey(path), path)
  const keys = [...byKey.keys()].sort()
  const leaves = keys.map((key) => byKey.get(key) as readonly string[])
  const depth = Math.max(1, ...leaves.map((leaf) => leaf.length))
  const groupings: Grouping[] = []
  const names: string[] = []
  const nameNumbers = new Map<string, number>()
  const nameAt: Int32Array[] = []
  for (let level = 0; level < depth; level++) {
    // A path that ends early stands for itself on the levels below.
    const nodes = grouping(leaves, level, false, (leaf) => pathKey(leaf.slice(0, level + 1)))
    groupings.push(nodes)
    const shared = grouping(leaves, level, true, (leaf) => nameOf(leaf, level))
    if (shared.classes < nodes.classes) groupings.push(shared)
    nameAt.push(
      Int32Array.from(leaves, (leaf) => {
        const name = nameOf(leaf, level)
        const known = nameNumbers.get(name)
        if (known !== undefined) return known
        nameNumbers.set(name, names.length)
        return names.push(name) - 1
      }),
    )
  }
  return { leaves, numberOf: new Map(keys.map((key, i) => [key, i])), depth, groupings, names, nameAt }
}

/** Nodes of every level, from the broadest on; in the last each leaf is a class of its own, with the leaf's number. */
export function nodeGroupings(tree: LabelTree): Grouping[] {
  return tree.groupings.filter((grouping) => !grouping.shared)
}

function nameOf(leaf: readonly string[], level: number): string {
  return leaf[Math.min(level, leaf.length - 1)] ?? ''
}

function grouping(
  leaves: readonly (readonly string[])[],
  level: number,
  shared: boolean,
  key: (leaf: readonly string[]) => string,
): Grouping {
  const numbers = new Map<string, number>()
  const classOf = Int32Array.from(leaves, (leaf) => {
    const text = key(leaf)
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  })
  return { level, shared, classOf, classes: numbers.size }
}

/** A label's name as words: without a leading number like `T1003.001` or `942`, without `_`, `-` and `/`, in lower case. */
export function nameWords(name: string): string {
  const words = name
    .replace(/^(?:[A-Z]{1,3}\d{3,}(?:\.\d+)*|\d{3,})\s+/, '')
    .replace(/[_/-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? name : words
}
