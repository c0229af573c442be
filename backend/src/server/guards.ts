import { createHash, timingSafeEqual } from 'node:crypto'
import { SecxopsError } from '@secxops/protocol/errors'
import { GUARD_HEADER } from '@secxops/protocol/routes'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Access over TCP. On the unix socket the peer is the owner, by the mode of the socket's folder. */
export interface TcpAccess {
  /** 256 random bits, in the `Authorization: Bearer` header of each request. */
  token: string
  /** Exact values of the Host header that are served. */
  hosts: string[]
}

/** Refuses what did not come from the owner's own client, before routing (design §9). */
export function guard(app: FastifyInstance, tcp: TcpAccess | undefined): void {
  app.addHook('onRequest', async (request) => {
    if (tcp) checkAccess(request, tcp)
    // A credential in a URL ends up in logs and histories.
    if (/[?&](token|access_token)=/i.test(request.raw.url ?? '')) {
      throw refused('A token in the address is not accepted; send it in the Authorization header.')
    }
    if (request.method !== 'GET') checkIntent(request)
  })
}

function checkAccess(request: FastifyRequest, { token, hosts }: TcpAccess): void {
  if (!hosts.includes(request.headers.host ?? '')) throw refused('This address is not served here.')
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  if (!timingSafeEqual(hash(given), hash(token))) {
    throw new SecxopsError({ code: 'unauthorized', message: 'The token is missing or wrong.' })
  }
}

/** A page of another site can send neither this header without a preflight (there is no CORS) nor our own Origin. */
function checkIntent(request: FastifyRequest): void {
  if (request.headers[GUARD_HEADER] === undefined) throw refused(`The header ${GUARD_HEADER} is missing.`)
  const { origin, host } = request.headers
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw refused('The request comes from a page of another site.')
  }
}

const refused = (message: string): SecxopsError => new SecxopsError({ code: 'forbidden', message })
