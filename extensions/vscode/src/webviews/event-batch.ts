import type { ServerEvent } from '@secxops/protocol/events'

/** Milliseconds between two messages of events: a run of a thousand nodes must not flood the page. */
const PAUSE = 30

/** Gathers events: the first goes at once, those that follow within the pause go together, in their order. */
export class EventBatch {
  readonly #send: (events: ServerEvent[]) => void
  #waiting: ServerEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(send: (events: ServerEvent[]) => void) {
    this.#send = send
  }

  add(event: ServerEvent): void {
    if (this.#timer) {
      this.#waiting.push(event)
      return
    }
    this.#send([event])
    this.#timer = setTimeout(this.#flush, PAUSE)
  }

  dispose(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#waiting = []
  }

  readonly #flush = (): void => {
    this.#timer = undefined
    if (this.#waiting.length === 0) return
    const events = this.#waiting
    this.#waiting = []
    this.#send(events)
    this.#timer = setTimeout(this.#flush, PAUSE)
  }
}
