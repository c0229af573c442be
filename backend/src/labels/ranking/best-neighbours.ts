import { byId } from './reference.ts'
import type { IndexedReference, Neighbour } from './reference-index.ts'

/** The best of what was offered: a heap with the worst of them on top. */
export class BestNeighbours {
  readonly #heap: Neighbour[] = []
  readonly #count: number

  constructor(count: number) {
    this.#count = count
  }

  offer(reference: IndexedReference, likeness: number): void {
    const heap = this.#heap
    if (heap.length < this.#count) {
      heap.push({ reference, likeness })
      let at = heap.length - 1
      while (at > 0) {
        const up = (at - 1) >> 1
        if (order(heap[at] as Neighbour, heap[up] as Neighbour) <= 0) break
        this.#swap(at, up)
        at = up
      }
      return
    }
    const worst = heap[0]
    if (!worst || likeness < worst.likeness) return
    const offered = { reference, likeness }
    if (order(offered, worst) >= 0) return
    heap[0] = offered
    let at = 0
    for (;;) {
      let most = at
      for (const below of [2 * at + 1, 2 * at + 2])
        if (below < heap.length && order(heap[below] as Neighbour, heap[most] as Neighbour) > 0) most = below
      if (most === at) return
      this.#swap(at, most)
      at = most
    }
  }

  sorted(): Neighbour[] {
    return this.#heap.sort(order)
  }

  #swap(a: number, b: number): void {
    const kept = this.#heap[a] as Neighbour
    this.#heap[a] = this.#heap[b] as Neighbour
    this.#heap[b] = kept
  }
}

function order(a: Neighbour, b: Neighbour): number {
  return b.likeness - a.likeness || byId(a.reference, b.reference)
}

/** The `count` highest of what was offered: a heap with the lowest of them on top. */
export class Highest {
  readonly #heap: Float64Array
  #size = 0

  constructor(count: number) {
    this.#heap = new Float64Array(count)
  }

  offer(value: number): void {
    const heap = this.#heap
    if (heap.length === 0) return
    if (this.#size < heap.length) {
      heap[this.#size++] = value
      if (this.#size === heap.length) heap.sort()
      return
    }
    if (value <= (heap[0] as number)) return
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && (heap[below + 1] as number) < (heap[below] as number)) below++
      if ((heap[below] as number) >= value) break
      heap[at] = heap[below] as number
      at = below
    }
    heap[at] = value
  }

  /** The lowest of the highest; −∞ while there are fewer than `count`. */
  least(): number {
    return this.#size < this.#heap.length ? Number.NEGATIVE_INFINITY : (this.#heap[0] as number)
  }
}
