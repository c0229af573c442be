import type { LabelPath, Taxonomy, TaxonomyNode } from '@secxops/protocol/labels'

export interface Found {
  /** Nodes that fit best, best first. */
  nodes: TaxonomyNode[]
  /** How many fit at all. */
  total: number
}

/** A taxonomy that can be walked and searched. */
export class LabelTree {
  readonly taxonomy: Taxonomy
  readonly #children = new Map<number | undefined, TaxonomyNode[]>()
  readonly #nodes = new Map<number, TaxonomyNode>()
  #searched: Searched[] | undefined

  constructor(taxonomy: Taxonomy) {
    this.taxonomy = taxonomy
    for (const node of taxonomy.nodes) {
      this.#nodes.set(node.id, node)
      const siblings = this.#children.get(node.parent)
      if (siblings) siblings.push(node)
      else this.#children.set(node.parent, [node])
    }
  }

  node(id: number): TaxonomyNode | undefined {
    return this.#nodes.get(id)
  }

  /** In their order; without `parent`: those at the top. */
  children(parent?: number): readonly TaxonomyNode[] {
    return this.#children.get(parent) ?? []
  }

  parent(node: TaxonomyNode): TaxonomyNode | undefined {
    return node.parent === undefined ? undefined : this.#nodes.get(node.parent)
  }

  path(node: TaxonomyNode): LabelPath {
    const names: string[] = []
    for (let at: TaxonomyNode | undefined = node; at; at = this.parent(at)) names.push(at.name)
    return names.reverse()
  }

  find(path: readonly string[]): TaxonomyNode | undefined {
    let node: TaxonomyNode | undefined
    for (const name of path) {
      node = this.children(node?.id).find((child) => child.name === name)
      if (!node) return undefined
    }
    return node
  }

  /**
   * Nodes whose path has every word of `text`, best first: in the name rather than above it, at its beginning or that of a word rather
   * than inside, leaves and short names first. Where no node has them all, letters in their order are enough.
   */
  search(text: string, limit: number): Found {
    const words = fold(text).split(/\s+/).filter(Boolean)
    if (words.length === 0) return { nodes: [], total: 0 }
    const exact = this.#ranked(words, inside)
    return top(exact.length > 0 ? exact : this.#ranked(words, scattered), limit)
  }

  #ranked(words: readonly string[], rate: (name: string, path: string, word: string) => number): Ranked[] {
    const ranked: Ranked[] = []
    for (const { node, name, path } of this.#index()) {
      let score = 0
      for (const word of words) {
        const one = rate(name, path, word)
        if (one === 0) {
          score = 0
          break
        }
        score += one
      }
      if (score > 0) ranked.push({ node, score: score + (this.children(node.id).length === 0 ? 0.5 : 0) })
    }
    return ranked
  }

  #index(): Searched[] {
    if (this.#searched) return this.#searched
    const paths = new Map<number, string>()
    this.#searched = this.taxonomy.nodes.map((node) => {
      const name = fold(node.name)
      const above = node.parent === undefined ? '' : (paths.get(node.parent) ?? '')
      const path = above === '' ? name : `${above} ${name}`
      paths.set(node.id, path)
      return { node, name, path }
    })
    return this.#searched
  }
}

/** A node with its name and its path as they are compared. */
interface Searched {
  node: TaxonomyNode
  name: string
  path: string
}

interface Ranked {
  node: TaxonomyNode
  score: number
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

function inside(name: string, path: string, word: string): number {
  const at = name.indexOf(word)
  if (at === 0) return 4
  if (at > 0) return /[\p{L}\p{N}]/u.test(name[at - 1] ?? '') ? 2 : 3
  return path.includes(word) ? 1 : 0
}

/** Letters of the word in their order, for a slip of the keyboard or an abbreviation; nearer together is better. */
function scattered(name: string, _path: string, word: string): number {
  if (word.length < 3) return 0
  let at = -1
  let first = -1
  for (const letter of word) {
    at = name.indexOf(letter, at + 1)
    if (at < 0) return 0
    if (first < 0) first = at
  }
  return word.length / (at - first + 1)
}

function top(ranked: Ranked[], limit: number): Found {
  ranked.sort((a, b) => b.score - a.score || a.node.name.length - b.node.name.length)
  return { nodes: ranked.slice(0, limit).map(({ node }) => node), total: ranked.length }
}
