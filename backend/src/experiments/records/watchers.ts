/** Those who wait for news of an experiment (long polls), by its id. */
export class Watchers {
  readonly #waiting = new Map<string, Set<() => void>>()

  /** Everybody who waits for news of `id` looks again. */
  wake(id: string): void {
    for (const look of [...(this.#waiting.get(id) ?? [])]) look()
  }

  /** Resolves when `ready` answers true, or after `seconds`, or when `signal` aborts. */
  until(id: string, ready: () => boolean, seconds: number, signal: AbortSignal): Promise<void> {
    if (seconds <= 0 || signal.aborted || ready()) return Promise.resolve()
    const looks = this.#waiting.get(id) ?? new Set()
    this.#waiting.set(id, looks)
    return new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', over)
        looks.delete(look)
        if (looks.size === 0) this.#waiting.delete(id)
        resolve()
      }
      const look = (): void => {
        if (ready()) over()
      }
      const timer = setTimeout(over, seconds * 1000)
      signal.addEventListener('abort', over)
      looks.add(look)
    })
  }
}
