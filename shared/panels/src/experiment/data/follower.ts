/** Reads what is new, one read at a time: called while a read goes on, it reads once more after it. */
export class Follower {
  #read: (signal: AbortSignal) => Promise<boolean>
  #failed: (error: unknown) => void
  #stop = new AbortController()
  #busy = false
  #again = false

  /** `read` answers whether there is more to be read at once. */
  constructor(read: (signal: AbortSignal) => Promise<boolean>, failed: (error: unknown) => void) {
    this.#read = read
    this.#failed = failed
  }

  /** A read is under way. */
  get busy(): boolean {
    return this.#busy
  }

  follow(): void {
    this.#again = true
    if (!this.#busy) void this.#run()
  }

  /** Drops the read that is under way. */
  stop(): void {
    this.#stop.abort()
    this.#stop = new AbortController()
    this.#again = false
    this.#busy = false
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    this.#busy = true
    try {
      while (this.#again && !signal.aborted) {
        this.#again = false
        if (await this.#read(signal)) this.#again = true
      }
    } catch (error) {
      if (!signal.aborted) this.#failed(error)
    } finally {
      if (!signal.aborted) this.#busy = false
    }
  }
}
