import { seconds } from '@secxops/protocol/module'
import type { FastifyInstance } from 'fastify'
import { route } from '../server/route.ts'
import { type CleanDomain, clean } from './clean.ts'

export function registerCleanRoutes(app: FastifyInstance, domain: CleanDomain): void {
  route(app, 'home.clean', ({ body }) =>
    clean(domain, { before: new Date(Date.now() - seconds(body.olderThan) * 1000), dryRun: body.dryRun }),
  )
}
