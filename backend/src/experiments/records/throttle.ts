/** Lets `tell` through at once, and then at most every `gap` milliseconds; the last call is never lost. */
export class Throttle {
  readonly #gap: number
  readonly #tell: () => void
  #timer: NodeJS.Timeout | undefined
  #again = false

  constructor(gap: number, tell: () => void) {
    this.#gap = gap
    this.#tell = tell
  }

  call(): void {
    if (this.#timer) {
      this.#again = true
      return
    }
    this.#tell()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (!this.#again) return
      this.#again = false
      this.call()
    }, this.#gap).unref()
  }

  /** Tells at once what waits, and nothing afterwards. */
  close(): void {
    clearTimeout(this.#timer)
    if (this.#again) this.#tell()
    this.#again = false
  }
}
