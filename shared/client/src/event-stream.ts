import type { ErrorBody } from '@secxops/protocol/errors'
import type { ServerEvent } from '@secxops/protocol/events'
import { EVENTS_PATH } from '@secxops/protocol/routes'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import type { Connection } from './client.ts'
import { EventParser } from './event-parser.ts'
import { type HttpOptions, request, unavailable } from './http-request.ts'

/** The server sends at least a comment every 15 s; after this long without a byte the connection is dead. */
const DEAD_AFTER = 35_000
const FIRST_DELAY = 500
const LONGEST_DELAY = 10_000

export interface StreamListener {
  event(event: ServerEvent): void
  change(connection: Connection): void
}

/**
 * Keeps one stream of events open until it is closed: notices a dead connection by its missing heartbeat and connects
 * again with a growing, jittered delay.
 */
export class EventStream {
  connection: Connection = { state: 'connecting' }
  private readonly options: HttpOptions
  private readonly listener: StreamListener
  private attempt: AbortController | undefined
  private retry: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private since: number | undefined
  private why: ErrorBody | undefined

  constructor(options: HttpOptions, listener: StreamListener) {
    this.options = options
    this.listener = listener
  }

  /** Connects now, unless it is connected or just trying. */
  open(): void {
    if (this.attempt) return
    clearTimeout(this.retry)
    const attempt = new AbortController()
    this.attempt = attempt
    this.change(this.since === undefined ? { state: 'connecting' } : this.away(this.since, Date.now()))
    this.read(attempt).then(
      () => this.lost(attempt),
      (error: unknown) => this.lost(attempt, error),
    )
  }

  close(): void {
    clearTimeout(this.retry)
    const attempt = this.attempt
    this.attempt = undefined
    this.failures = 0
    this.since = undefined
    attempt?.abort()
    this.connection = { state: 'connecting' }
  }

  private change(connection: Connection): void {
    this.connection = connection
    this.listener.change(connection)
  }

  private lost(attempt: AbortController, error?: unknown): void {
    if (this.attempt !== attempt) return
    this.attempt = undefined
    attempt.abort()
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.failures++)
    const delay = longest * (0.5 + Math.random() / 2)
    this.since ??= Date.now()
    this.why = error instanceof SecxopsError && error.body.code !== 'unavailable' ? error.body : undefined
    this.retry = setTimeout(() => this.open(), delay)
    this.change(this.away(this.since, Date.now() + delay))
  }

  private away(since: number, retryAt: number): Connection {
    return { state: 'lost', since, retryAt, ...(this.why ? { why: this.why } : {}) }
  }

  /** Resolves when the server closes the stream, rejects when it breaks. */
  private async read(attempt: AbortController): Promise<void> {
    let deadMan = setTimeout(() => attempt.abort(), DEAD_AFTER)
    try {
      const response = await request(this.options, EVENTS_PATH, {
        method: 'GET',
        // Exactly this: with any other value Jupyter's proxy holds the whole answer back.
        headers: { accept: 'text/event-stream' },
        cache: 'no-store',
        signal: attempt.signal,
      })
      const type = response.headers.get('content-type') ?? ''
      if (!response.body || !type.startsWith('text/event-stream')) throw unavailable(`expected events, got ${type}`)
      const reader = response.body.getReader()
      const stop = (): void => void reader.cancel().catch(() => undefined)
      attempt.signal.addEventListener('abort', stop)
      const decoder = new TextDecoder()
      const parser = new EventParser()
      for (;;) {
        const { done, value } = await reader.read()
        if (done || attempt !== this.attempt) return
        clearTimeout(deadMan)
        deadMan = setTimeout(() => attempt.abort(), DEAD_AFTER)
        for (const data of parser.push(decoder.decode(value, { stream: true }))) {
          this.take(JSON.parse(data) as ServerEvent)
          if (attempt !== this.attempt) return
        }
      }
    } finally {
      clearTimeout(deadMan)
    }
  }

  private take(event: ServerEvent): void {
    if (event.type === 'hello') {
      this.failures = 0
      this.since = undefined
      this.change({ state: 'open', version: event.version })
    }
    this.listener.event(event)
  }
}
