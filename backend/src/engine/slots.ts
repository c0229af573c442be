/** Places for nodes that run at once on this machine, shared by all runs. */
export class Slots {
  readonly #capacity: () => number
  readonly #listeners = new Set<() => void>()
  #taken = 0

  /** `capacity` is asked each time, so that a changed setting holds at once. */
  constructor(capacity: () => number) {
    this.#capacity = capacity
  }

  get free(): number {
    return Math.max(0, this.#capacity() - this.#taken)
  }

  /** Takes a place even when none is free: what already runs (adopted) has its place. */
  take(): void {
    this.#taken += 1
  }

  release(): void {
    this.#taken -= 1
    for (const listener of this.#listeners) listener()
  }

  /** Calls back when a place becomes free; returns the way to stop. */
  onFree(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
