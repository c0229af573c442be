import type { FastifyInstance } from 'fastify'
import { route } from '../server/route.ts'
import type { Runs } from './service.ts'

/** Routes of the runs. */
export function registerRunRoutes(app: FastifyInstance, runs: Runs): void {
  route(app, 'runs.list', ({ query }) => runs.list(query))
  route(app, 'runs.start', ({ body, signal }) => runs.start(body, signal))
  route(app, 'runs.try', ({ body, signal }) => runs.try(body, signal))
  route(app, 'runs.get', ({ params }) => runs.get(params.id))
  route(app, 'runs.plan', ({ params, body, signal }) => runs.plan(params.id, body, signal))
  route(app, 'runs.continue', ({ params, body, signal }) => runs.continue(params.id, body, signal))
  route(app, 'runs.cancel', ({ params }) => runs.cancel(params.id))
  route(app, 'runs.log', ({ params, query, signal }) => runs.log(params, query, signal))
  route(app, 'runs.metrics', ({ params, query, signal }) => runs.metrics(params, query, signal))
  route(app, 'runs.preview', ({ params, query }) => runs.preview(params, query))
  route(app, 'runs.saveOutput', ({ params, body }) => runs.saveOutput(params, body.name))
}
