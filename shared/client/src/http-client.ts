import type { RouteInput, RouteOutput } from '@secxops/protocol/api'
import { fillPath, GUARD_HEADER, ROUTES, type RouteName } from '@secxops/protocol/routes'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import type { Client, ClientListener } from './client.ts'
import { EventStream } from './event-stream.ts'
import { type HttpOptions, queryText, request, unavailable } from './http-request.ts'

interface Parts {
  params?: Record<string, string | number>
  query?: Record<string, unknown>
  body?: unknown
}

/**
 * Client over HTTP and one stream of server-sent events. The stream opens with the first subscriber and closes with the
 * last. `fresh` is true whenever the stream has just opened: what was read before may be old.
 */
export function createHttpClient(options: HttpOptions): Client {
  const listeners = new Set<ClientListener>()
  const tell = (what: (listener: ClientListener) => void): void => {
    for (const listener of [...listeners])
      try {
        what(listener)
      } catch (error) {
        console.error(error)
      }
  }
  const stream = new EventStream(options, {
    event: (event) => tell((listener) => listener.event?.(event)),
    change: (connection) => tell((listener) => listener.connection?.(connection, connection.state === 'open')),
  })

  return {
    get connection() {
      return stream.connection
    },
    reconnect() {
      if (listeners.size > 0) stream.open()
    },
    subscribe(listener) {
      // A wrapper, so that one listener may subscribe twice and stop each on its own.
      const own: ClientListener = {
        event: (event) => listener.event?.(event),
        connection: (connection, fresh) => listener.connection?.(connection, fresh),
      }
      listeners.add(own)
      if (listeners.size === 1) stream.open()
      return () => {
        if (listeners.delete(own) && listeners.size === 0) stream.close()
      }
    },
    call: (route, input, { signal } = {}) => call(options, route, input, signal),
  }
}

async function call<R extends RouteName>(
  options: HttpOptions,
  route: R,
  input: RouteInput<R>,
  signal: AbortSignal | undefined,
): Promise<RouteOutput<R>> {
  const [method, template] = ROUTES[route]
  const { params, query, body } = (input ?? {}) as Parts
  const headers: Record<string, string> = { accept: 'application/json' }
  const init: RequestInit = { method, headers, signal, cache: 'no-store' }
  if (method !== 'GET') {
    headers[GUARD_HEADER] = '1'
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(body ?? {})
  }
  const response = await request(options, pathOf(route, template, params) + queryText(query), init)
  let text: string
  try {
    text = await response.text()
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    throw unavailable('the answer broke off', error)
  }
  try {
    return JSON.parse(text) as RouteOutput<R>
  } catch {
    throw unavailable(`expected JSON, got ${text.slice(0, 100)}`)
  }
}

function pathOf(route: RouteName, template: string, params: Parts['params']): string {
  try {
    return fillPath(template, params)
  } catch (error) {
    throw new SecxopsError({
      code: 'bad-request',
      message: `${route}: ${error instanceof Error ? error.message : String(error)}`,
    })
  }
}
