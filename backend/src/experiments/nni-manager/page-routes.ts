import { request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { SecxopsError } from '@secxops/protocol/errors'
import type { FastifyInstance } from 'fastify'

/** Where a manager serves its page, on loopback. */
export interface PagePlace {
  port: number
  prefix: string
}

/**
 * What NNI's page reads. Nothing else of the manager is passed on: it would start commands for whoever asks, and its file routes follow
 * `..`.
 */
const READS =
  /^api\/v1\/nni\/(?:version|check-status|experiment|experiment-metadata|experiments-info|job-statistics|trial-jobs(?:\/\w+)?|metric-data(?:\/\w+)?|metric-data-range\/\d+\/\d+|metric-data-latest\/?|export-data|experiment\/imported-data|trial-file\/\w+\/(?:trial\.log|stdout|stderr)|tensorboard-tasks)$/
/** Its scripts and pictures, the views that it has addresses for, and the manager's logs. */
const FILES = /^(?:[\w-]+(?:\.\w+)+|(?:static|icons)\/[\w./-]+|oview|detail|experiment|logs\/[\w-]+\.log)?$/

/**
 * Where "experiment" stands anywhere in its address, the page takes itself for the list of all experiments and stays blank. That list ends
 * with it.
 */
const SCRIPT = /^static\/js\/main\.\w+\.js$/
const ANYWHERE = '-1!==location.pathname.indexOf("experiment")'
const AT_THE_END = '!!location.pathname.endsWith("/experiment")'

/** The page talks to us alone, and stands in no page but our own. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "frame-ancestors 'self'",
  "form-action 'none'",
].join('; ')

/** Serves NNI's own page of an experiment, to be looked at: `GET` only. `pageOf` throws not-found. */
export function registerNniPage(app: FastifyInstance, pageOf: (experiment: string) => PagePlace): void {
  app.get<{ Params: { id: string } }>('/api/experiments/:id/nni/*', async (request, reply) => {
    const [path = '', query] = (request.raw.url ?? '').split(/\?(.*)/s)
    const inside = path.slice(path.indexOf('/nni/') + '/nni/'.length)
    if (inside.includes('..') || !(READS.test(inside) || FILES.test(inside)))
      throw new SecxopsError({ code: 'not-found', message: `NNI's page has no ${inside}.` })
    const { port, prefix } = pageOf(request.params.id)
    const answer = await ask(port, `/${prefix}/${inside}${query ? `?${query}` : ''}`)
    reply.raw.once('close', () => answer.destroy())
    return reply
      .code(answer.statusCode ?? 502)
      .headers({
        'content-type': answer.headers['content-type'] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
      })
      .send(SCRIPT.test(inside) ? (await text(answer)).replace(ANYWHERE, AT_THE_END) : answer)
  })
}

function ask(port: number, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path }, resolve)
      .on('error', (error) =>
        reject(
          new SecxopsError({ code: 'unavailable', message: "NNI's manager does not answer.", cause: error.message }),
        ),
      )
      .end()
  })
}
