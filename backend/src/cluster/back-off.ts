import { setTimeout as sleep } from 'node:timers/promises'

/** Waits that double up to a limit, each between half and whole, so that many clients do not come back at once. */
export class BackOff {
  readonly #first: number
  readonly #most: number
  #next: number

  /** Milliseconds. */
  constructor(first: number, most: number) {
    this.#first = first
    this.#most = most
    this.#next = first
  }

  /** Waits; `atLeast`: milliseconds that the other side asked for. Rejects when aborted. */
  async wait(signal: AbortSignal, atLeast = 0): Promise<void> {
    const time = this.#next * (0.5 + Math.random() / 2)
    this.#next = Math.min(this.#most, this.#next * 2)
    await sleep(Math.max(time, atLeast), undefined, { signal })
  }

  /** The next wait is the first again. */
  reset(): void {
    this.#next = this.#first
  }
}
