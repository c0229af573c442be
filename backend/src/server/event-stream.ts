import type { ServerEvent } from '@secxops/protocol/events'
import { EVENTS_PATH } from '@secxops/protocol/routes'
import type { FastifyInstance } from 'fastify'
import type { Events } from '../services.ts'

/** Milliseconds between two comments that show a silent stream is alive. */
const HEARTBEAT = 15_000
/** Bytes a page may lag behind before it is cut off; it then connects again and reads afresh. */
const MAX_LAG = 1_048_576

/** Registers the one event stream. The first event is `hello` with the owner's epoch. */
export function registerEventStream(app: FastifyInstance, events: Events, hello: () => ServerEvent): void {
  app.get(EVENTS_PATH, (_request, reply) => {
    reply.hijack()
    const stream = reply.raw
    stream.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    const write = (text: string): void => {
      stream.write(text)
      if (stream.writableLength > MAX_LAG) stream.destroy()
    }
    const send = (event: ServerEvent): void => write(`data: ${JSON.stringify(event)}\n\n`)
    const unsubscribe = events.subscribe(send)
    const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT)
    stream.once('close', () => {
      clearInterval(heartbeat)
      unsubscribe()
    })
    stream.on('error', () => stream.destroy())
    send(hello())
  })
}
