import type { FastifyInstance } from 'fastify'
import { route } from '../../server/route.ts'
import type { LabelEngine } from '../services.ts'

export function registerEngineRoutes(app: FastifyInstance, engine: LabelEngine): void {
  route(app, 'labels.suggest', ({ params, body, signal }) =>
    engine.suggest(params.base, body.text, { signal, ...(body.strategy ? { strategy: body.strategy } : {}) }),
  )
}
