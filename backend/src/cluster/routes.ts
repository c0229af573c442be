import type { FastifyInstance } from 'fastify'
import { route } from '../server/route.ts'
import { checkTarget } from './check-target.ts'
import type { Targets } from './targets.ts'

/** Routes of the targets. */
export function registerTargetRoutes(app: FastifyInstance, targets: Targets): void {
  route(app, 'targets.list', () => targets.list())
  route(app, 'targets.configure', ({ params, body }) => targets.configure(params.name, body.set, body.forget ?? []))
  route(app, 'targets.check', ({ params, signal }) => checkTarget(targets, params.name, signal))
}
