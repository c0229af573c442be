import { errorBody } from '@secxops/panels/ui/error-body'
import type { ErrorBody } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** What one side may ask of the other: name → (parameters) → result. Parameters and results are JSON. */
type Methods<M> = { [K in keyof M]: (params: never) => unknown }
type Params<F> = F extends (params: infer P) => unknown ? P : never
type Result<F> = F extends (params: never) => infer R ? Awaited<R> : never

/** Answers to what the other side asks. `signal` is aborted when it no longer wants the answer. */
export type Handlers<M extends Methods<M>> = {
  [K in keyof M]: (params: Params<M[K]>, context: { signal: AbortSignal }) => Result<M[K]> | Promise<Result<M[K]>>
}
export type Listeners<E> = { [K in keyof E]: (data: E[K]) => void }

/** What travels between a page and the extension host. */
export type Message =
  | { kind: 'request'; id: string; method: string; params?: unknown }
  | { kind: 'answer'; id: string; value?: unknown; error?: ErrorBody }
  | { kind: 'cancel'; id: string }
  | { kind: 'event'; name: string; data?: unknown }

export interface RequestOptions {
  signal?: AbortSignal | undefined
  /** Milliseconds after which the request is given up; null: a person decides, it may take any time. */
  deadline: number | null
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** The contract of one side of a page: what it answers and hears, and what the other side does. */
export interface Side<M, E> {
  methods: M
  events: E
}

/**
 * One end of the line between a page and the extension host. Either end may ask: a request has an id, a deadline and can be
 * cancelled; an event has no answer. Messages arrive in the order they were sent, or not at all.
 */
export class Peer<
  Own extends Side<Methods<Own['methods']>, object>,
  Other extends Side<Methods<Other['methods']>, object>,
> {
  readonly #post: (message: Message) => void
  readonly #handlers: Handlers<Own['methods']>
  readonly #listeners: Listeners<Own['events']>
  readonly #waiting = new Map<string, Waiting>()
  readonly #answering = new Map<string, AbortController>()
  /** A page that was loaded again must not take answers that were meant for its predecessor. */
  readonly #session = Math.random().toString(36).slice(2)
  #count = 0

  constructor(
    post: (message: Message) => void,
    own: { handlers: Handlers<Own['methods']>; listeners: Listeners<Own['events']> },
  ) {
    this.#post = post
    this.#handlers = own.handlers
    this.#listeners = own.listeners
  }

  /** Asks the other side. Rejects with its error, with `unavailable` after the deadline, or with the signal's reason. */
  async request<K extends keyof Other['methods'] & string>(
    method: K,
    params: Params<Other['methods'][K]>,
    { signal, deadline }: RequestOptions,
  ): Promise<Result<Other['methods'][K]>> {
    signal?.throwIfAborted()
    const id = `${this.#session}-${++this.#count}`
    let timer: ReturnType<typeof setTimeout> | undefined
    let stop: (() => void) | undefined
    const giveUp = (error: unknown): void => {
      this.#post({ kind: 'cancel', id })
      this.#waiting.get(id)?.reject(error)
    }
    try {
      return await new Promise<Result<Other['methods'][K]>>((resolve, reject) => {
        this.#waiting.set(id, { resolve: (value) => resolve(value as Result<Other['methods'][K]>), reject })
        if (deadline !== null) timer = setTimeout(() => giveUp(late(method, deadline)), deadline)
        stop = () => giveUp(signal?.reason)
        signal?.addEventListener('abort', stop)
        this.#post({ kind: 'request', id, method, params })
      })
    } finally {
      clearTimeout(timer)
      if (stop) signal?.removeEventListener('abort', stop)
      this.#waiting.delete(id)
    }
  }

  /** Tells the other side something that needs no answer. */
  tell<K extends keyof Other['events'] & string>(name: K, data: Other['events'][K]): void {
    this.#post({ kind: 'event', name, data })
  }

  /** Takes a message of the other side; what is not one is left alone. */
  receive(message: unknown): void {
    if (!isMessage(message)) return
    switch (message.kind) {
      case 'request':
        void this.#answer(message)
        return
      case 'answer': {
        const waiting = this.#waiting.get(message.id)
        if (message.error) waiting?.reject(new SecxopsError(message.error))
        else waiting?.resolve(message.value)
        return
      }
      case 'cancel':
        this.#answering.get(message.id)?.abort()
        return
      case 'event':
        this.#listener(message.name)?.(message.data)
    }
  }

  /** The other side is gone: nothing is answered any more, and what was asked of it fails with `reason`. */
  reset(reason: SecxopsError): void {
    for (const abort of this.#answering.values()) abort.abort()
    this.#answering.clear()
    for (const waiting of [...this.#waiting.values()]) waiting.reject(reason)
  }

  async #answer({ id, method, params }: Extract<Message, { kind: 'request' }>): Promise<void> {
    const abort = new AbortController()
    this.#answering.set(id, abort)
    let answer: Message
    try {
      const handler = this.#handler(method)
      if (!handler) throw new SecxopsError({ code: 'bad-request', message: `${method} is not known here.` })
      answer = { kind: 'answer', id, value: await handler(params, { signal: abort.signal }) }
    } catch (error) {
      answer = { kind: 'answer', id, error: errorBody(error) }
    }
    this.#answering.delete(id)
    if (!abort.signal.aborted) this.#post(answer)
  }

  #handler(method: string): ((params: unknown, context: { signal: AbortSignal }) => unknown) | undefined {
    if (!Object.hasOwn(this.#handlers, method)) return undefined
    return this.#handlers[method as keyof Own['methods']] as (
      params: unknown,
      context: { signal: AbortSignal },
    ) => unknown
  }

  #listener(name: string): ((data: unknown) => void) | undefined {
    if (!Object.hasOwn(this.#listeners, name)) return undefined
    return this.#listeners[name as keyof Own['events']] as (data: unknown) => void
  }
}

const late = (method: string, deadline: number): SecxopsError =>
  new SecxopsError({
    code: 'unavailable',
    message: `The editor did not answer within ${Math.round(deadline / 1000)} s. Nothing is lost; try again.`,
    cause: method,
  })

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  if (value.kind === 'event') return 'name' in value && typeof value.name === 'string'
  const known = value.kind === 'request' || value.kind === 'answer' || value.kind === 'cancel'
  return known && 'id' in value && typeof value.id === 'string'
}
