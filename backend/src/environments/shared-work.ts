/** What one of several waiting callers brings. */
export interface Waiter {
  signal: AbortSignal
  progress(line: string): void
}

interface Job<T> {
  promise: Promise<T>
  waiters: Set<Waiter>
  last?: string
  controller: AbortController
}

/** Lets callers of the same key share one piece of work; it is cancelled only when every one of them has gone. */
export class SharedWork<T> {
  readonly #jobs = new Map<string, Job<T>>()

  run(
    key: string,
    waiter: Waiter,
    work: (signal: AbortSignal, progress: (line: string) => void) => Promise<T>,
  ): Promise<T> {
    waiter.signal.throwIfAborted()
    const running = this.#jobs.get(key)
    const job = running && !running.controller.signal.aborted ? running : this.#start(key, work)
    job.waiters.add(waiter)
    if (job.last) waiter.progress(job.last)
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        job.waiters.delete(waiter)
        if (job.waiters.size === 0) job.controller.abort(waiter.signal.reason)
        // The last one waits for the end of the work: a cancel is done when nothing runs any more.
        if (job.waiters.size === 0) job.promise.then(undefined, () => reject(waiter.signal.reason))
        else reject(waiter.signal.reason)
      }
      waiter.signal.addEventListener('abort', leave, { once: true })
      job.promise.then(resolve, reject).finally(() => waiter.signal.removeEventListener('abort', leave))
    })
  }

  #start(key: string, work: (signal: AbortSignal, progress: (line: string) => void) => Promise<T>): Job<T> {
    const controller = new AbortController()
    const waiters = new Set<Waiter>()
    const tell = (line: string): void => {
      job.last = line
      for (const waiter of waiters) waiter.progress(line)
    }
    const job: Job<T> = { promise: Promise.resolve().then(() => work(controller.signal, tell)), waiters, controller }
    this.#jobs.set(key, job)
    const done = (): void => {
      if (this.#jobs.get(key) === job) this.#jobs.delete(key)
    }
    job.promise.then(done, done)
    return job
  }
}
