import http from 'node:http'
import https from 'node:https'
import { text } from 'node:stream/consumers'
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import type WebSocket from 'ws'
import { ApiFailure, asFailure } from './failure.ts'
import type { ApiPath } from './names.ts'

/** Values of a query; a list becomes several pairs of one name. */
export type Query = Record<string, string | number | boolean | readonly string[] | undefined>

export interface Ask {
  query?: Query
  body?: unknown
  signal?: AbortSignal
  /** Milliseconds until an answer must be complete; default 30,000. */
  timeout?: number
}

const TIMEOUT = 30_000

/** Speaks to one API server with the credentials of the kubeconfig's current context. */
export class Connection {
  readonly server: string
  readonly #config: KubeConfig
  readonly #agent: http.Agent | undefined

  constructor(config: KubeConfig) {
    const cluster = config.getCurrentCluster()
    this.#config = config
    this.server = cluster?.server.replace(/\/+$/, '') ?? ''
    const keep = { keepAlive: true, maxSockets: 64 }
    // Behind a proxy the library's own agent knows the way.
    if (!cluster?.proxyUrl) this.#agent = this.#plain ? new http.Agent(keep) : new https.Agent(keep)
  }

  get #plain(): boolean {
    return this.server.startsWith('http:')
  }

  /** One JSON answer. Rejects with {@link ApiFailure}. */
  async ask<T>(method: 'GET' | 'POST' | 'DELETE' | 'PATCH', path: ApiPath, ask: Ask = {}): Promise<T> {
    const limit = AbortSignal.timeout(ask.timeout ?? TIMEOUT)
    const signal = ask.signal ? AbortSignal.any([ask.signal, limit]) : limit
    try {
      const answer = await this.#send(method, path, { ...ask, signal })
      const body = await text(answer)
      if ((answer.statusCode ?? 500) >= 400) throw asFailure(answer, body)
      return JSON.parse(body) as T
    } catch (error) {
      ask.signal?.throwIfAborted()
      throw error instanceof ApiFailure ? error : new ApiFailure(0, this.server, String(error))
    }
  }

  /** An answer that goes on; its end or error is the reader's. Rejects with {@link ApiFailure}. */
  async open(path: ApiPath, query: Query, signal: AbortSignal): Promise<http.IncomingMessage> {
    const answer = await this.#send('GET', path, { query, signal })
    if ((answer.statusCode ?? 500) < 400) return answer
    throw asFailure(answer, await text(answer))
  }

  /** A WebSocket, opening. */
  async socket(path: ApiPath, query: Query, protocols: string[]): Promise<WebSocket> {
    const { WebSocket: Socket } = await import('./kube-sdk.ts')
    const options: WebSocket.ClientOptions & http.RequestOptions = { headers: {} }
    await this.#config.applyToHTTPSOptions(options)
    return new Socket(this.#address(path, query).replace(/^http/, 'ws'), protocols, {
      ...options,
      ...(this.#agent ? { agent: undefined } : {}),
      handshakeTimeout: TIMEOUT,
      perMessageDeflate: false,
    })
  }

  close(): void {
    this.#agent?.destroy()
  }

  #address(path: ApiPath, query: Query = {}): string {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query))
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, String(one))
    return `${this.server}${path}${search.size > 0 ? `?${search}` : ''}`
  }

  async #send(method: string, path: ApiPath, { query, body, signal }: Ask): Promise<http.IncomingMessage> {
    const options: https.RequestOptions = { headers: { accept: 'application/json' } }
    await this.#config.applyToHTTPSOptions(options)
    if (this.#agent) options.agent = this.#agent
    const content = body === undefined ? undefined : JSON.stringify(body)
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    Object.assign(options, {
      method,
      signal,
      headers: {
        ...options.headers,
        ...(content === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(content) }),
      },
    })
    return new Promise((resolve, reject) => {
      const request = (this.#plain ? http : https).request(this.#address(path, query), options, resolve)
      request.once('error', (error) => reject(new ApiFailure(0, this.server, error.message)))
      request.end(content)
    })
  }
}
