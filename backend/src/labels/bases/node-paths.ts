import type { DatabaseSync } from 'node:sqlite'
import type { LabelPath } from '@secxops/protocol/labels'
import { DEEPEST } from './label-name.ts'
import { nodes, TOP } from './node-rows.ts'

/** Paths of the nodes of one base, each read once until {@link forget}. */
export class NodePaths {
  readonly #db: DatabaseSync
  readonly #base: string
  readonly #known = new Map<number, LabelPath>()

  constructor(db: DatabaseSync, base: string) {
    this.#db = db
    this.#base = base
  }

  /** Names from the top to the node, also of one that was removed; empty for the top and for what is unknown. */
  of(id: number): LabelPath {
    return this.#climb(id, 0)
  }

  forget(): void {
    this.#known.clear()
  }

  /** While a change is being taken back, nodes can stand in a ring for a moment; it is refused in the end. */
  #climb(id: number, steps: number): LabelPath {
    const known = this.#known.get(id)
    if (known) return known
    const node = id === TOP || steps > 2 * DEEPEST ? undefined : nodes.get(this.#db, this.#base, id)
    if (!node) return []
    const path = [...this.#climb(node.parent, steps + 1), node.name]
    this.#known.set(id, path)
    return path
  }
}
