import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Answer, Fetch } from '../http-request.ts'

/**
 * A `fetch` over a unix socket, as far as the client needs it: text bodies, streamed answers, abort. It does without `Headers` and
 * `Response`: the first use of either makes Node load a whole library, which takes 40 ms of every start.
 */
export function socketFetch(socketPath: string): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers, body, signal } = init
      const { pathname, search } = new URL(url, 'http://secxops')
      const outgoing = request(
        {
          socketPath,
          path: pathname + search,
          method,
          headers: { host: 'secxops', ...(headers as Record<string, string> | undefined) },
          agent: false,
          ...(signal ? { signal } : {}),
        },
        (incoming) => resolve(answerOf(incoming)),
      )
      outgoing.on('error', reject)
      outgoing.end(typeof body === 'string' ? body : undefined)
    })
}

function answerOf(incoming: IncomingMessage): Answer {
  const status = incoming.statusCode ?? 500
  let body: Answer['body'] | undefined
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (name) => incoming.headers[name.toLowerCase()]?.toString() ?? null },
    text: () => text(incoming),
    get body() {
      body ??= Readable.toWeb(incoming) as ReadableStream<Uint8Array<ArrayBuffer>>
      return body
    },
  }
}
