import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { SecxopsError } from '@secxops/protocol/errors'
import type { WorkerCall, WorkerCalls, WorkerRequest, WorkerResponse } from './worker-calls.ts'

interface Waiting {
  resolve(value: never): void
  reject(error: unknown): void
}

/** Beside the bundle, or the source. */
const BUNDLED = new URL('./labels-worker.mjs', import.meta.url)
const PROGRAM = existsSync(fileURLToPath(BUNDLED)) ? BUNDLED : new URL('./ranking-worker.ts', import.meta.url)

/** A worker thread that holds one base; calls are carried out in their order. */
export class BaseThread {
  readonly #worker = new Worker(PROGRAM)
  readonly #waiting = new Map<number, Waiting>()
  #last = 0
  #ended: Error | undefined

  constructor() {
    this.#worker.on('message', (response: WorkerResponse) => this.#answered(response))
    this.#worker.on('error', (error: unknown) => this.#end(error))
    this.#worker.on('exit', () => this.#end(new Error('its thread ended')))
    this.#worker.unref()
  }

  /** True when nothing can be asked any more. */
  get ended(): boolean {
    return this.#ended !== undefined
  }

  /** Rejects with internal when the thread fails. */
  call<Call extends WorkerCall>(call: Call, argument: WorkerCalls[Call][0]): Promise<WorkerCalls[Call][1]> {
    if (this.#ended) return Promise.reject(failed(this.#ended))
    return new Promise((resolve, reject) => {
      const id = ++this.#last
      this.#waiting.set(id, { resolve, reject })
      // What is waited for keeps the process; an idle thread does not.
      this.#worker.ref()
      this.#worker.postMessage({ id, call, argument } satisfies WorkerRequest)
    })
  }

  /** What was not answered is rejected. */
  async close(): Promise<void> {
    this.#end(new Error('it was closed'))
    await this.#worker.terminate()
  }

  #answered(response: WorkerResponse): void {
    const waiting = this.#waiting.get(response.id)
    this.#waiting.delete(response.id)
    if (this.#waiting.size === 0) this.#worker.unref()
    if ('error' in response) waiting?.reject(failed(new Error(response.error)))
    else waiting?.resolve(response.value as never)
  }

  #end(cause: unknown): void {
    this.#ended ??= cause instanceof Error ? cause : new Error(String(cause))
    for (const { reject } of this.#waiting.values()) reject(failed(this.#ended))
    this.#waiting.clear()
  }
}

const failed = (cause: Error): SecxopsError =>
  new SecxopsError(
    { code: 'internal', message: `The ranking of the reference base failed: ${cause.message}.`, cause: cause.stack },
    { cause },
  )
