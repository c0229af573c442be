import { BestNeighbours, Highest } from './best-neighbours.ts'
import { CoarseRows } from './coarse-rows.ts'
import { denseKernel, dot } from './dense-vectors.ts'
import { GRAM_BUCKETS } from './grams.ts'
import type { TextPoint } from './statistics.ts'
import { KERNEL_SHARES } from './text-features.ts'

/** A reference in the space of its base. */
export interface IndexedReference extends TextPoint {
  id: string
  /** Number of its leaf in the label tree. */
  leaf: number
  trust: number
  /** Weight by its label, in (0, 1]; 1 where it is not given. */
  balance?: number
}

/** A reference near a text, with the kernel between them. */
export interface Neighbour {
  reference: IndexedReference
  likeness: number
}

/**
 * All references of a base, searched exactly: embeddings row by row, grams through an inverted list. The grams of what is
 * added later are compared one by one.
 */
export class ReferenceIndex {
  readonly #slotOf = new Map<string, number>()
  /** By slot; undefined where a reference was removed or replaced. */
  readonly #slots: (IndexedReference | undefined)[] = []
  readonly #dense: CoarseRows
  /** Slots below this are in the inverted list. */
  readonly #listed: number
  readonly #starts: Uint32Array
  readonly #entries: Uint32Array
  readonly #values: Float32Array
  /** The point that is searched for, spread over all buckets; all 0 between two searches. */
  readonly #spread = new Float32Array(GRAM_BUCKETS)

  constructor(references: readonly IndexedReference[], dimension: number) {
    this.#dense = new CoarseRows(dimension)
    this.#dense.reserve(references.length)
    for (const reference of references) this.add(reference)
    this.#listed = this.#slots.length
    const { starts, entries, values } = invertedList(references)
    this.#starts = starts
    this.#entries = entries
    this.#values = values
  }

  get size(): number {
    return this.#slotOf.size
  }

  get(id: string): IndexedReference | undefined {
    const slot = this.#slotOf.get(id)
    return slot === undefined ? undefined : this.#slots[slot]
  }

  *values(): Generator<IndexedReference> {
    for (const reference of this.#slots) if (reference) yield reference
  }

  /** Adds a reference or replaces the one with its id. */
  add(reference: IndexedReference): void {
    this.remove(reference.id)
    const slot = this.#slots.push(reference) - 1
    this.#slotOf.set(reference.id, slot)
    this.#dense.set(slot, reference.dense)
  }

  remove(id: string): void {
    const slot = this.#slotOf.get(id)
    if (slot === undefined) return
    this.#slots[slot] = undefined
    this.#slotOf.delete(id)
  }

  /** The `count` references most like the point, best first; equal ones by id. `among`: only the references of these ids. */
  nearest(point: TextPoint, count: number, among?: Iterable<string>): Neighbour[] {
    const { ids, values } = point.sparse
    for (let at = 0; at < ids.length; at++) this.#spread[ids[at] as number] = values[at] as number
    const best = new BestNeighbours(count)
    if (among) {
      for (const id of among) {
        const slot = this.#slotOf.get(id)
        if (slot !== undefined) this.#offer(best, slot, point)
      }
    } else this.#offerNear(best, count, point)
    for (const id of ids) this.#spread[id] = 0
    return best.sorted()
  }

  /** Offers all slots that can be among the `count` best. The kernel rises no faster with the cosine than the share of the embeddings. */
  #offerNear(best: BestNeighbours, count: number, point: TextPoint): void {
    const slots = this.#slots
    const listed = this.#listed
    const { products, error } = this.#dense.dots(point.dense, slots.length)
    const sums = this.#listedSums(point)
    const kernels = new Float64Array(slots.length).fill(Number.NEGATIVE_INFINITY)
    const rough = new Highest(count)
    let least = rough.least()
    for (let slot = 0; slot < slots.length; slot++) {
      const reference = slots[slot]
      if (reference === undefined) continue
      if (slot >= listed) sums[slot] = this.#sparse(reference)
      const kernel = denseKernel(products[slot] as number) + (sums[slot] as number)
      kernels[slot] = kernel
      if (kernel <= least) continue
      rough.offer(kernel)
      least = rough.least()
    }
    least -= 2 * KERNEL_SHARES.dense * error
    for (let slot = 0; slot < slots.length; slot++)
      if ((kernels[slot] as number) >= least) this.#offer(best, slot, point, sums[slot])
  }

  #offer(best: BestNeighbours, slot: number, point: TextPoint, sparse?: number): void {
    const reference = this.#slots[slot]
    if (reference)
      best.offer(reference, denseKernel(dot(reference.dense, point.dense)) + (sparse ?? this.#sparse(reference)))
  }

  /** Sparse kernels with the slots of the inverted list, 0 for those added later. */
  #listedSums({ sparse: { ids, values } }: TextPoint): Float64Array {
    const sums = new Float64Array(this.#slots.length)
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] as number
      const value = values[at] as number
      const end = this.#starts[id + 1] as number
      for (let i = this.#starts[id] as number; i < end; i++) {
        const slot = this.#entries[i] as number
        sums[slot] = (sums[slot] as number) + value * (this.#values[i] as number)
      }
    }
    return sums
  }

  /** Sparse kernel with the point that is spread out; summed in the order of {@link #listedSums}. */
  #sparse(reference: IndexedReference): number {
    const { ids, values } = reference.sparse
    let sum = 0
    for (let at = 0; at < ids.length; at++) sum += (this.#spread[ids[at] as number] as number) * (values[at] as number)
    return sum
  }
}

/** For each gram bucket the slots that have it (`entries[starts[id]…starts[id + 1])`) and its value there. */
function invertedList(references: readonly IndexedReference[]): {
  starts: Uint32Array
  entries: Uint32Array
  values: Float32Array
} {
  const starts = new Uint32Array(GRAM_BUCKETS + 1)
  for (const { sparse } of references) for (const id of sparse.ids) starts[id + 1] = (starts[id + 1] as number) + 1
  for (let id = 0; id < GRAM_BUCKETS; id++) starts[id + 1] = (starts[id + 1] as number) + (starts[id] as number)
  const next = starts.slice()
  const entries = new Uint32Array(starts[GRAM_BUCKETS] as number)
  const values = new Float32Array(entries.length)
  references.forEach(({ sparse }, slot) => {
    for (let at = 0; at < sparse.ids.length; at++) {
      const id = sparse.ids[at] as number
      const place = next[id] as number
      next[id] = place + 1
      entries[place] = slot
      values[place] = sparse.values[at] as number
    }
  })
  return { starts, entries, values }
}
