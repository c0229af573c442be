import { randomUUID } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { Connection } from '../connection.ts'
import type { KubeObject } from '../watch.ts'

/** What a test lets happen to a request: an answer in place of the real one, or the real one and then no answer, or none at all. */
export type Fault = { status: number; body?: object; headers?: Record<string, string> } | 'lose-answer' | 'hang' | 'cut'

export interface FakeRequest {
  method: string
  path: string
  query: URLSearchParams
}

type Stored = KubeObject & Record<string, unknown>
interface Change {
  version: number
  kind: string
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: Stored
}

/** A small API server in memory: lists, watches, makes and deletes objects of a namespace, as far as Kubernetes' rules matter to a client. */
export class FakeApi {
  readonly requests: FakeRequest[] = []
  /** Asked before each request. */
  fault: (request: FakeRequest) => Fault | undefined = () => undefined
  /** Told of each request for a socket. */
  onUpgrade: (request: http.IncomingMessage, socket: Duplex, head: Buffer) => void = (_request, socket) =>
    socket.destroy()
  /** Told of what clients make and delete; a Pod stays until it is taken away. */
  onCreate: (kind: string, object: Stored) => void = () => undefined
  onDelete: (kind: string, object: Stored, options: Record<string, unknown>) => void = (kind, object) =>
    this.remove(kind, object.metadata.name)
  /** Seconds, in place of what watchers ask for. */
  watchSeconds: number | undefined
  readonly #objects = new Map<string, Stored>()
  #changes: Change[] = []
  #oldest = 0
  #version = 100
  readonly #watchers = new Set<{ kind: string; selector: string; send(change: object): void; end(): void }>()
  readonly #server = http.createServer((request, answer) => void this.#serve(request, answer))

  async listen(): Promise<Connection> {
    this.#server.on('upgrade', (request, socket, head) => this.onUpgrade(request, socket, head))
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this.connect()
  }

  /** Another client of the same server. */
  connect(): Connection {
    const { port } = this.#server.address() as AddressInfo
    const config = new KubeConfig()
    config.loadFromClusterAndUser(
      { name: 'fake', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
      { name: 'tester' },
    )
    return new Connection(config)
  }

  async close(): Promise<void> {
    this.cutWatches()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Ends every watch as a server that restarts does. */
  cutWatches(): void {
    for (const watcher of this.#watchers) watcher.end()
  }

  /** Forgets the history: who watches from before is told "too old". */
  compact(): void {
    this.#oldest = this.#version
    this.#changes = []
  }

  /** Sends a bookmark to all. */
  bookmark(kind: string): void {
    const object = { kind: 'Bookmark', metadata: { resourceVersion: String(this.#version) } }
    for (const watcher of this.#watchers) if (watcher.kind === kind) watcher.send({ type: 'BOOKMARK', object })
  }

  watchers(): number {
    return this.#watchers.size
  }

  list(kind: string): Stored[] {
    return [...this.#objects].filter(([key]) => key.startsWith(`${kind}/`)).map(([, object]) => object)
  }

  put(kind: string, object: { metadata: Partial<KubeObject['metadata']> & { name: string } }): Stored {
    const key = `${kind}/${object.metadata.name}`
    const before = this.#objects.get(key)
    this.#version += 1
    const stored = {
      ...object,
      metadata: { uid: randomUUID(), ...before?.metadata, ...object.metadata, resourceVersion: String(this.#version) },
    } as Stored
    this.#objects.set(key, stored)
    this.#tell({ version: this.#version, kind, type: before ? 'MODIFIED' : 'ADDED', object: stored })
    return stored
  }

  remove(kind: string, name: string): void {
    const object = this.#objects.get(`${kind}/${name}`)
    if (!object) return
    this.#objects.delete(`${kind}/${name}`)
    this.#version += 1
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } }
    this.#tell({ version: this.#version, kind, type: 'DELETED', object: last })
  }

  #tell(change: Change): void {
    this.#changes.push(change)
    for (const watcher of this.#watchers)
      if (watcher.kind === change.kind && selects(watcher.selector, change.object)) watcher.send(change)
  }

  async #serve(request: http.IncomingMessage, answer: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake')
    const asked = { method: request.method ?? '', path: url.pathname, query: url.searchParams }
    this.requests.push(asked)
    const body = await text(request)
    const fault = this.fault(asked)
    if (fault === 'hang') return
    if (fault === 'cut') {
      request.socket.destroy()
      return
    }
    if (fault && fault !== 'lose-answer') {
      answer.writeHead(fault.status, fault.headers).end(JSON.stringify(fault.body ?? {}))
      return
    }
    const { status, result } = this.#answer(
      asked,
      body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
      answer,
    )
    if (fault === 'lose-answer') request.socket.destroy()
    else if (result) answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(result))
  }

  /** Answers nothing for a watch, which it has begun. */
  #answer(
    { method, path, query }: FakeRequest,
    body: Record<string, unknown>,
    answer: http.ServerResponse,
  ): { status: number; result?: object } {
    const [, kind = '', name] = /\/namespaces\/[^/]+\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? []
    const found = name === undefined ? undefined : this.#objects.get(`${kind}/${name}`)
    if (name !== undefined && !found)
      return { status: 404, result: { reason: 'NotFound', message: `${kind} "${name}" not found` } }
    if (method === 'POST') {
      const wanted = body as unknown as Stored
      if (this.#objects.has(`${kind}/${wanted.metadata.name}`))
        return { status: 409, result: { reason: 'AlreadyExists', message: `${wanted.metadata.name} already exists` } }
      const stored = this.put(kind, wanted)
      this.onCreate(kind, stored)
      return { status: 201, result: stored }
    }
    if (method === 'DELETE' && found) {
      this.onDelete(kind, found, body)
      return { status: 200, result: found }
    }
    if (found) return { status: 200, result: found }
    const selector = query.get('labelSelector') ?? ''
    if (query.get('watch') === 'true') return this.#watch(kind, selector, query, answer)
    const items = this.list(kind).filter((object) => selects(selector, object))
    const limit = Number(query.get('limit') ?? items.length)
    const from = Number(query.get('continue') ?? 0)
    const next = from + limit < items.length ? { continue: String(from + limit) } : {}
    const metadata = { resourceVersion: String(this.#version), ...next }
    return { status: 200, result: { items: items.slice(from, from + limit), metadata } }
  }

  #watch(
    kind: string,
    selector: string,
    query: URLSearchParams,
    answer: http.ServerResponse,
  ): { status: number; result?: object } {
    const from = Number(query.get('resourceVersion'))
    const expired = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' }
    answer.writeHead(200, { 'content-type': 'application/json' })
    const send = (change: object): void => void answer.write(`${JSON.stringify(change)}\n`)
    if (from < this.#oldest) {
      send({ type: 'ERROR', object: expired })
      answer.end()
      return { status: 200 }
    }
    const end = (): void => {
      this.#watchers.delete(watcher)
      answer.end()
    }
    const watcher = { kind, selector, send, end }
    answer.flushHeaders()
    for (const change of this.#changes)
      if (change.version > from && change.kind === kind && selects(selector, change.object)) send(change)
    this.#watchers.add(watcher)
    const seconds = this.watchSeconds ?? Number(query.get('timeoutSeconds'))
    const timer = setTimeout(end, seconds * 1000)
    answer.on('close', () => {
      clearTimeout(timer)
      this.#watchers.delete(watcher)
    })
    return { status: 200 }
  }
}

const selects = (selector: string, { metadata }: Stored): boolean =>
  selector
    .split(',')
    .filter(Boolean)
    .every((pair) => {
      const [name = '', value] = pair.split('=')
      return metadata.labels?.[name] === value
    })
