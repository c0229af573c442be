/** Who uses the daemon now; decides when it may leave. */
export class Activity {
  #busy = 0
  #last = performance.now()

  /** Marks the start of a request or stream; call what it returns once, when that has ended. */
  enter(): () => void {
    this.#busy++
    let open = true
    return () => {
      if (!open) return
      open = false
      this.#busy--
      this.#last = performance.now()
    }
  }

  /** Milliseconds since the last client went away; 0 while one is there. */
  idle(): number {
    return this.#busy > 0 ? 0 : performance.now() - this.#last
  }
}
