import { API, type RouteOutput } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import { ROUTES, type RouteName } from '@secxops/protocol/routes'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type * as z from 'zod'

type Part<R extends RouteName, K extends 'params' | 'query' | 'body'> =
  (typeof API)[R] extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined

/** What a handler gets: the checked parts of the request; a part the route does not have is undefined. */
export interface RouteRequest<R extends RouteName> {
  params: Part<R, 'params'>
  query: Part<R, 'query'>
  body: Part<R, 'body'>
  /** Aborted when the caller goes away before the answer. */
  signal: AbortSignal
}

export type RouteHandler<R extends RouteName> = (request: RouteRequest<R>) => Promise<RouteOutput<R>> | RouteOutput<R>

/**
 * Registers one route of the protocol. Params, query and body are checked by its schemas before `handler` sees them; a
 * `SecxopsError` that the handler throws becomes the answer unchanged (see `errors.ts`).
 */
export function route<R extends RouteName>(app: FastifyInstance, name: R, handler: RouteHandler<R>): void {
  const [method, url] = ROUTES[name]
  const schemas: { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType; response: z.ZodType } = API[name]
  app.route({
    method,
    url,
    handler: async (request, reply) => {
      const checked = {
        params: check(schemas.params, request.params, 'params'),
        query: check(schemas.query, request.query, 'query'),
        body: check(schemas.body, request.body ?? undefined, 'body'),
        signal: gone(reply),
      }
      // The schemas above are those of this very route, which the compiler cannot follow through the table.
      return handler(checked as RouteRequest<R>)
    },
  })
}

function check(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const details = result.error.issues.slice(0, 20).map((issue) => {
    const field = [part, ...issue.path.map(String)].join('.')
    return { code: 'bad-request' as const, message: `${field}: ${issue.message}`, where: { field } }
  })
  const first = details[0]
  throw new SecxopsError({
    code: 'bad-request',
    message: `The request is not understood: ${first?.message ?? 'wrong shape'}`,
    where: first?.where,
    details,
  })
}

function gone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort()
  })
  return controller.signal
}
