import { createInterface } from 'node:readline'
import { BackOff } from './back-off.ts'
import type { Connection } from './connection.ts'
import { ApiFailure } from './failure.ts'
import type { ApiPath } from './names.ts'

/** What every object of Kubernetes has. */
export interface KubeObject {
  metadata: {
    uid: string
    name: string
    resourceVersion: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
    deletionTimestamp?: string
  }
}

export interface WatchOptions {
  connection: Connection
  path: ApiPath
  labelSelector: string
  /** Label by which observers tell objects apart. */
  keyLabel: string
  /** Seconds after which the server ends a watch by itself; default 60. */
  seconds?: number
  /** Milliseconds more than that without its end: the connection is dead; default 15,000. */
  deadAfter?: number
  /** Milliseconds after which everything is listed anew, whatever the watch says; default 10 minutes. */
  relistAfter?: number
  /** Milliseconds of the first and the longest wait after a failure; default 200 and 30,000. */
  backOff?: [first: number, most: number]
}

/** Told of an object as it is now; `gone` when it is there no more. */
export type Observer<T> = (object: T, gone: boolean) => void

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  object: unknown
}

/**
 * Knows all objects behind a path and a selector, and tells observers of each change. Lists, watches from the version of the list, and
 * begins anew when the server has forgotten that version. Goes on through every failure until it is closed; `problem` tells the last one.
 */
export class Watch<T extends KubeObject> {
  /** Why the newest request failed; undefined while all is well. */
  problem: ApiFailure | undefined
  /** Resolves when everything has been listed once: from then on what is not told of is not there. */
  readonly listed: Promise<void>
  #markListed: () => void = () => undefined
  readonly #options: WatchOptions
  readonly #items = new Map<string, T>()
  readonly #observers = new Map<string, Set<Observer<T>>>()
  readonly #closing = new AbortController()
  readonly #backOff: BackOff

  constructor(options: WatchOptions) {
    this.#options = options
    this.#backOff = new BackOff(...(options.backOff ?? [200, 30_000]))
    this.listed = new Promise((resolve) => {
      this.#markListed = resolve
    })
    void this.#run()
  }

  /** Tells of all objects with a key that are known, then of every change. Returns the way to stop. */
  observe(key: string, observer: Observer<T>): () => void {
    const observers = this.#observers.get(key) ?? new Set()
    this.#observers.set(key, observers.add(observer))
    for (const item of this.#items.values()) if (this.#keyOf(item) === key) observer(item, false)
    return () => {
      observers.delete(observer)
      if (observers.size === 0 && this.#observers.get(key) === observers) this.#observers.delete(key)
    }
  }

  close(): void {
    this.#closing.abort()
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted)
      try {
        let version = await this.#list()
        const until = performance.now() + (this.#options.relistAfter ?? 600_000)
        while (performance.now() < until) version = await this.#follow(version)
      } catch (error) {
        if (signal.aborted) return
        // The server has forgotten the version: that is no trouble, only a new list.
        if (error instanceof ApiFailure && error.status === 410) continue
        await this.#pause(error)
      }
  }

  async #pause(error: unknown): Promise<void> {
    const failure = error instanceof ApiFailure ? error : new ApiFailure(0, '', String(error))
    this.problem = failure
    await this.#backOff.wait(this.#closing.signal, failure.retryAfter).catch(() => undefined)
  }

  /** Lists everything in pages; answers the version to watch from. */
  async #list(): Promise<string> {
    const { connection, path, labelSelector } = this.#options
    const found = new Map<string, T>()
    let next: string | undefined
    let version = ''
    do {
      const page: { items: T[]; metadata: { resourceVersion: string; continue?: string } } = await connection.ask(
        'GET',
        path,
        {
          query: { labelSelector, limit: 500, continue: next },
          signal: this.#closing.signal,
        },
      )
      for (const item of page.items) found.set(item.metadata.uid, item)
      next = page.metadata.continue || undefined
      version = page.metadata.resourceVersion
    } while (next)
    this.problem = undefined
    for (const [uid, item] of this.#items) if (!found.has(uid)) this.#forget(item)
    for (const item of found.values()) this.#note(item)
    this.#markListed()
    return version
  }

  /** Watches until the server ends it; answers the version to go on from. Rejects on a failure. */
  async #follow(from: string): Promise<string> {
    const { connection, path, labelSelector, seconds = 60, deadAfter = 15_000 } = this.#options
    const dead = new AbortController()
    const timer = setTimeout(() => dead.abort(), seconds * 1000 + deadAfter)
    const began = performance.now()
    let version = from
    try {
      const query = {
        watch: true,
        allowWatchBookmarks: true,
        timeoutSeconds: seconds,
        resourceVersion: from,
        labelSelector,
      }
      const signal = AbortSignal.any([dead.signal, this.#closing.signal])
      const answer = await connection.open(path, query, signal)
      for await (const line of createInterface({ input: answer, crlfDelay: Number.POSITIVE_INFINITY })) {
        version = this.#read(line) ?? version
        this.problem = undefined
        this.#backOff.reset()
      }
      // A server that answers only to hang up must not be asked without end.
      if (version === from && performance.now() - began < 1000) await this.#backOff.wait(this.#closing.signal)
      return version
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 410) throw error
      this.#closing.signal.throwIfAborted()
      await this.#pause(error)
      return version
    } finally {
      clearTimeout(timer)
    }
  }

  /** Takes one event in; answers its version. Throws what an ERROR tells. */
  #read(line: string): string | undefined {
    const { type, object } = JSON.parse(line) as WatchEvent
    if (type === 'ERROR') {
      const { code, message, reason } = object as { code?: number; message?: string; reason?: string }
      throw new ApiFailure(code ?? 500, this.#options.connection.server, message ?? 'the watch failed', reason)
    }
    const item = object as T
    if (type === 'DELETED') this.#forget(item)
    else if (type !== 'BOOKMARK') this.#note(item)
    return item.metadata.resourceVersion
  }

  #note(item: T): void {
    const known = this.#items.get(item.metadata.uid)
    if (known?.metadata.resourceVersion === item.metadata.resourceVersion) return
    this.#items.set(item.metadata.uid, item)
    this.#tell(item, false)
  }

  #forget(item: T): void {
    if (this.#items.delete(item.metadata.uid)) this.#tell(item, true)
  }

  #tell(item: T, gone: boolean): void {
    for (const observer of [...(this.#observers.get(this.#keyOf(item)) ?? [])]) observer(item, gone)
  }

  #keyOf(item: T): string {
    return item.metadata.labels?.[this.#options.keyLabel] ?? ''
  }
}
