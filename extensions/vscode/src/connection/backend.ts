import type { Client } from '@secxops/client/client'
import { createHttpClient } from '@secxops/client/http-client'
import type { Answer } from '@secxops/client/http-request'
import type { ErrorBody } from '@secxops/protocol/errors'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { send } from './send.ts'
import { BackendProblem, type Remedy, type Target } from './target.ts'

/** Milliseconds after a failed start before the next one by itself; doubles with each failure. */
const FIRST_PAUSE = 2000
const LONGEST_PAUSE = 60_000

export type BackendState =
  | { kind: 'idle' | 'starting' }
  | { kind: 'ready'; version: string; home?: string }
  | { kind: 'failed'; error: ErrorBody; remedy: Remedy }

/**
 * The window's connection to the backend. `client` finds or starts the backend when it is first used, and again whenever it
 * stopped answering; while that fails, calls are refused with the reason, and it is tried again after a growing pause.
 */
export class Backend {
  readonly client: Client
  readonly #http: Client
  readonly #locate: () => Promise<Target>
  readonly #listeners = new Set<(state: BackendState) => void>()
  #state: BackendState = { kind: 'idle' }
  #target: Target | undefined
  #locating: Promise<Target> | undefined
  #failures = 0
  #notBefore = 0
  /** Requests to a target that is no longer meant are broken off. */
  #moved = new AbortController()

  /**
   * `locate` finds the backend or starts it; rejects with {@link BackendProblem} where that is not possible. `guard`: wraps what the
   * rest of the extension gets.
   */
  constructor({ locate, guard }: { locate: () => Promise<Target>; guard: (client: Client) => Client }) {
    this.#locate = locate
    this.#http = createHttpClient({ base: '', fetch: (path, init) => this.#fetch(path, init) })
    // Whoever asks for it wants a new search, not what the last one found.
    this.client = guard(Object.create(this.#http, { reconnect: { value: () => this.retry() } }))
  }

  get state(): BackendState {
    return this.#state
  }

  /** Calls back on every change of the state. Returns the way to stop. */
  onState(listener: (state: BackendState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ends the work with a backend of another release; only {@link retry} takes it up again. */
  refuse(version: string, release: string): void {
    this.#leave()
    this.#notBefore = Number.POSITIVE_INFINITY
    const message = `The backend is SecXOps ${version}; this extension is ${release}. Nothing is changed until both are of one release.`
    this.#set({ kind: 'failed', error: { code: 'conflict', message }, remedy: 'version' })
  }

  /** Looks for the backend at once, also after its settings changed. */
  retry(): void {
    this.#failures = 0
    this.#notBefore = 0
    this.#leave()
    this.#find().then(
      () => this.#http.reconnect(),
      () => undefined,
    )
  }

  #leave(): void {
    this.#target = undefined
    this.#locating = undefined
    this.#moved.abort(new Error('Another backend is meant now.'))
    this.#moved = new AbortController()
  }

  async #fetch(path: string, init: RequestInit): Promise<Answer> {
    const target = this.#target ?? (await this.#find())
    try {
      return await this.#send(target, path, init)
    } catch (error) {
      if (init.signal?.aborted) throw error
      if (this.#target === target) this.#target = undefined
      const found = this.#target ?? (await this.#find())
      // What may have been done already is not done twice.
      if (init.method !== 'GET' && !neverArrived(error)) throw error
      return this.#send(found, path, init)
    }
  }

  #send(target: Target, path: string, init: RequestInit): Promise<Answer> {
    const signals = [this.#moved.signal, ...(init.signal ? [init.signal] : [])]
    return send(target, path, { ...init, signal: AbortSignal.any(signals) })
  }

  /** One search at a time; all that wait get its outcome. */
  #find(): Promise<Target> {
    if (this.#locating) return this.#locating
    if (this.#state.kind === 'failed' && Date.now() < this.#notBefore) {
      return Promise.reject(new BackendProblem(this.#state.error, this.#state.remedy))
    }
    this.#set({ kind: 'starting' })
    const locating = this.#locate().then(
      (target) => {
        if (this.#locating !== locating) return this.#find()
        this.#locating = undefined
        this.#target = target
        this.#failures = 0
        this.#set({ kind: 'ready', version: target.version, ...('home' in target ? { home: target.home } : {}) })
        return target
      },
      (error: unknown) => {
        if (this.#locating !== locating) return this.#find()
        this.#locating = undefined
        this.#notBefore = Date.now() + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures++)
        this.#set({
          kind: 'failed',
          error: bodyOf(error),
          remedy: error instanceof BackendProblem ? error.remedy : 'retry',
        })
        throw error
      },
    )
    this.#locating = locating
    return locating
  }

  #set(state: BackendState): void {
    this.#state = state
    for (const listener of [...this.#listeners]) listener(state)
  }
}

/** The request did not reach a backend: nobody listened. */
const neverArrived = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOENT')

const bodyOf = (error: unknown): ErrorBody =>
  error instanceof SecxopsError
    ? error.body
    : { code: 'unavailable', message: 'The SecXOps backend could not be started.', cause: String(error) }
