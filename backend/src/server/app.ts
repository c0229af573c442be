import { randomUUID } from 'node:crypto'
import type { ServerEvent } from '@secxops/protocol/events'
import fastify, { type FastifyInstance } from 'fastify'
import type { Events } from '../services.ts'
import { Activity } from './activity.ts'
import { answerErrors } from './errors.ts'
import { registerEventStream } from './event-stream.ts'
import { guard, type TcpAccess } from './guards.ts'
import { parseJsonBodies } from './json-body.ts'

export interface AppOptions {
  events: Events
  hello: () => ServerEvent
  /** Each domain registers its routes here. */
  routes: ((app: FastifyInstance) => void)[]
  log: (line: string) => void
  activity?: Activity
  /** Absent on the unix socket. */
  tcp?: TcpAccess
}

/** Bytes of a request. */
const BODY_LIMIT = 64 * 1_048_576

/** The HTTP application, not yet listening. */
export function createApp({ events, hello, routes, log, tcp, activity = new Activity() }: AppOptions): FastifyInstance {
  const app = fastify({
    // A text of ten million characters to be labelled, each written as `\uXXXX`.
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 256 },
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.raw.once('close', activity.enter())
  })
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  })
  parseJsonBodies(app)
  answerErrors(app, log)
  guard(app, tcp)
  registerEventStream(app, events, hello)
  for (const register of routes) register(app)
  return app
}
