import type { Client } from '@secxops/client/client'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { LogChunk } from '@secxops/protocol/run'
import { errorBody } from '../ui/error-body.ts'
import { causeLine, errorLine } from './error-line.ts'
import { LogWindow } from './log-window.ts'

/** Bytes asked for at once. */
export const PAGE = 262_144
/** Bytes asked for at once while searching through the whole file. */
const SCAN_PAGE = 1_048_576
/** Seconds the backend may hold an answer until there is more. */
const WAIT = 25

/** Whose log: of an attempt of a run's node, or of a trial of an experiment. */
export type LogTarget = { runId: string; nodeId: string; attempt: number } | { experimentId: string; trial: number }

export type LogStatus =
  | { state: 'loading' }
  | { state: 'ready' }
  | { state: 'scanning'; scanned: number }
  | { state: 'error'; error: ErrorBody }

/** Reads one log by byte offset into a {@link LogWindow} and follows it while the window is at its end. */
export class LogReader {
  readonly window = new LogWindow()
  status: LogStatus = { state: 'loading' }
  /** Counts changes; what a subscriber compares. */
  revision = 0

  #client: Client
  #target: LogTarget
  #listeners = new Set<() => void>()
  #stop = new AbortController()
  #follow = new AbortController()
  #paging = false

  constructor(client: Client, target: LogTarget) {
    this.#client = client
    this.#target = target
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Shows the end of the log and follows it. */
  async openEnd(): Promise<void> {
    await this.#run(async (signal) => {
      const first = await this.#read(0, PAGE, signal)
      const chunk = first.next < first.size ? await this.#read(Math.max(0, first.size - PAGE), PAGE, signal) : first
      this.window.reset(chunk)
      this.#changed({ state: 'ready' })
      void this.#followEnd()
    })
  }

  /**
   * Goes on after the connection came back: follows on from where the window ends, since a wait that was held by a backend
   * that is gone may never be answered. Opens the end where nothing could be read yet.
   */
  resume(): void {
    if (this.status.state === 'loading' || this.status.state === 'scanning') return
    if (this.window.end === 0 && this.status.state === 'error') void this.openEnd()
    else {
      this.#changed({ state: 'ready' })
      void this.#followEnd()
    }
  }

  /** Shows the log from its first byte. */
  async openStart(): Promise<void> {
    await this.#run(async (signal) => {
      this.window.reset(await this.#read(0, PAGE, signal))
      this.#changed({ state: 'ready' })
      void this.#followEnd()
    })
  }

  /** Reads the piece before the window; true when there was one. */
  async earlier(): Promise<boolean> {
    return this.#page(async (signal) => {
      if (this.window.atStart) return false
      const end = this.window.start
      const chunks: LogChunk[] = []
      for (let at = Math.max(0, end - PAGE); at < end; ) {
        const chunk = await this.#read(at, end - at, signal)
        if (chunk.next <= at) return false
        chunks.push(chunk)
        at = chunk.next
      }
      this.window.prepend(chunks)
      return true
    })
  }

  /** Reads the piece behind the window; true when there was one. */
  async later(): Promise<boolean> {
    return this.#page(async (signal) => {
      if (this.window.atEnd) return false
      this.window.append(await this.#read(this.window.end, PAGE, signal))
      void this.#followEnd()
      return true
    })
  }

  /**
   * Looks for the line that quotes `cause` near the end, else from the first byte on for one that reports an error, and
   * moves the window there. Answers the line's index in the window, or undefined when there is none or it was stopped by
   * {@link cancelScan}.
   */
  async findError(cause = ''): Promise<number | undefined> {
    let found: number | undefined
    await this.#run(async (signal) => {
      found = (await this.#toCause(cause, signal)) ?? (await this.#toErrorLine(signal))
      this.#changed({ state: 'ready' })
      void this.#followEnd()
    })
    return found
  }

  /** Ends {@link findError} or a read under way; what is shown stays. */
  cancelScan(): void {
    this.#stop.abort()
    this.#changed({ state: 'ready' })
    void this.#followEnd()
  }

  dispose(): void {
    this.#stop.abort()
    this.#follow.abort()
    this.#listeners.clear()
  }

  async #toCause(cause: string, signal: AbortSignal): Promise<number | undefined> {
    if (cause === '') return undefined
    const end = await this.#read(Math.max(0, this.window.size - SCAN_PAGE), SCAN_PAGE, signal)
    const scan = new LogWindow()
    scan.reset(end)
    const found = causeLine(scan.lines, cause)
    if (found !== undefined) this.window.reset(end)
    return found
  }

  async #toErrorLine(signal: AbortSignal): Promise<number | undefined> {
    const scan = new LogWindow()
    for (let at = 0; ; ) {
      const chunk = await this.#read(at, SCAN_PAGE, signal)
      scan.reset(chunk)
      const found = errorLine(scan.lines)
      if (found !== undefined) this.window.reset(chunk)
      if (found !== undefined || chunk.next >= chunk.size || chunk.next <= chunk.offset) return found
      at = chunk.next
      this.#changed({ state: 'scanning', scanned: at })
    }
  }

  async #followEnd(): Promise<void> {
    this.#follow.abort()
    const follow = new AbortController()
    this.#follow = follow
    try {
      while (!follow.signal.aborted && this.window.atEnd && !this.window.complete) {
        const chunk = await this.#read(this.window.end, PAGE, follow.signal, WAIT)
        if (follow.signal.aborted) return
        this.window.append(chunk)
        this.#changed({ state: 'ready' })
        if (chunk.next === chunk.offset) await pause(follow.signal)
      }
    } catch (error) {
      if (!follow.signal.aborted) this.#changed({ state: 'error', error: errorBody(error) })
    }
  }

  async #page(work: (signal: AbortSignal) => Promise<boolean>): Promise<boolean> {
    if (this.#paging) return false
    this.#paging = true
    try {
      const changed = await work(this.#stop.signal)
      if (changed) this.#changed({ state: 'ready' })
      return changed
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#changed({ state: 'error', error: errorBody(error) })
      return false
    } finally {
      this.#paging = false
    }
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#stop.abort()
    this.#follow.abort()
    const stop = new AbortController()
    this.#stop = stop
    this.#changed({ state: 'loading' })
    try {
      await work(stop.signal)
    } catch (error) {
      if (!stop.signal.aborted) this.#changed({ state: 'error', error: errorBody(error) })
    }
  }

  #read(offset: number, limit: number, signal: AbortSignal, wait?: number): Promise<LogChunk> {
    const target = this.#target
    const query = { offset, limit, ...(wait ? { wait } : {}) }
    if ('experimentId' in target) {
      const params = { id: target.experimentId, trial: target.trial }
      return this.#client.call('experiments.log', { params, query }, { signal })
    }
    const params = { id: target.runId, node: target.nodeId, attempt: target.attempt }
    return this.#client.call('runs.log', { params, query }, { signal })
  }

  #changed(status: LogStatus): void {
    this.status = status
    this.revision++
    for (const listener of this.#listeners) listener()
  }
}

/** An empty answer that comes early must not become a busy loop. */
const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, 500)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
