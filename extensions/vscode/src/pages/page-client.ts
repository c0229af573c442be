import type { Client, ClientListener, Connection } from '@secxops/client/client'
import type { RouteOutput } from '@secxops/protocol/api'
import type { ServerEvent } from '@secxops/protocol/events'
import { deadlineOf } from '../webviews/deadline.ts'
import type { PagePeer } from './page-peer.ts'

/** The client port over messages: every request goes through the extension host, which alone talks HTTP. */
export class PageClient implements Client {
  readonly #peer: () => PagePeer
  readonly #listeners = new Set<ClientListener>()
  #connection: Connection

  constructor(peer: () => PagePeer, connection: Connection) {
    this.#peer = peer
    this.#connection = connection
  }

  get connection(): Connection {
    return this.#connection
  }

  call: Client['call'] = async (route, input, { signal } = {}) => {
    const answer = await this.#peer().request('call', { route, input }, { signal, deadline: deadlineOf(route) })
    return answer as RouteOutput<typeof route>
  }

  subscribe(listener: ClientListener): () => void {
    const own = { ...listener }
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  reconnect(): void {
    this.#peer().tell('reconnect', null)
  }

  heard(events: ServerEvent[]): void {
    for (const event of events) for (const listener of [...this.#listeners]) listener.event?.(event)
  }

  changed(connection: Connection, fresh: boolean): void {
    this.#connection = connection
    for (const listener of [...this.#listeners]) listener.connection?.(connection, fresh)
  }
}
