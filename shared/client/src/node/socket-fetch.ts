import { request } from 'node:http'
import { Readable } from 'node:stream'

/** A `fetch` over a unix socket, as far as the client needs it: text bodies, streamed answers, abort. */
export function socketFetch(socketPath: string): (url: string, init: RequestInit) => Promise<Response> {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers, body, signal } = init
      const outgoing = request(
        {
          socketPath,
          path: new URL(url, 'http://secxops').pathname + new URL(url, 'http://secxops').search,
          method,
          headers: { host: 'secxops', ...Object.fromEntries(new Headers(headers)) },
          agent: false,
          ...(signal ? { signal } : {}),
        },
        (incoming) => {
          const answer = new Headers()
          for (const [name, value] of Object.entries(incoming.headers)) answer.set(name, String(value))
          const stream = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
          resolve(new Response(stream, { status: incoming.statusCode ?? 500, headers: answer }))
        },
      )
      outgoing.on('error', reject)
      outgoing.end(typeof body === 'string' ? body : undefined)
    })
}
