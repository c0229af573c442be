import { type ErrorBody, SecxopsError, statusOf } from '@secxops/protocol/errors'
import { ROUTES } from '@secxops/protocol/routes'
import type { FastifyInstance } from 'fastify'

/** Makes every failure one `ErrorBody`, with the request's id; what nobody foresaw is logged with its stack. */
export function answerErrors(app: FastifyInstance, log: (line: string) => void): void {
  app.setErrorHandler(async (error, request, reply) => {
    const body: ErrorBody = { ...describe(error), requestId: request.id }
    if (body.code === 'internal') {
      log(`${request.id} ${request.method} ${pathOf(request.url)} failed: ${stackOf(error)}`)
    }
    return reply.code(statusOf(body.code)).send(body)
  })
  app.setNotFoundHandler(async (request, reply) => {
    const allowed = methodsOf(pathOf(request.url))
    const body: ErrorBody =
      allowed.length > 0
        ? { code: 'bad-request', message: `${request.method} is not possible here; use ${allowed.join(' or ')}.` }
        : { code: 'not-found', message: `There is nothing at ${pathOf(request.url)}.` }
    if (allowed.length > 0) reply.header('allow', allowed.join(', '))
    return reply.code(allowed.length > 0 ? 405 : 404).send({ ...body, requestId: request.id })
  })
}

function describe(error: unknown): ErrorBody {
  if (error instanceof SecxopsError) return error.body
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  if (statusCode === 413) return { code: 'too-large', message: 'The request is too large (64 MB at most).' }
  if (statusCode === 415) return { code: 'bad-request', message: 'Send JSON (content-type application/json).' }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { code: 'bad-request', message: 'The request is not understood.', cause: message }
  }
  return {
    code: 'internal',
    message: 'Something inside SecXOps failed. The log of the daemon has the details.',
    cause: message,
  }
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** The path alone: a query never reaches a log. */
export const pathOf = (url: string): string => url.split('?', 1)[0] ?? url

function methodsOf(path: string): string[] {
  const fits = (template: string): boolean => new RegExp(`^${template.replace(/:[A-Za-z]+/g, '[^/]+')}$`).test(path)
  return Object.values(ROUTES)
    .filter(([, template]) => fits(template))
    .map(([method]) => method)
}
