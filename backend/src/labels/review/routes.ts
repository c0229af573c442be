import type { FastifyInstance } from 'fastify'
import { route } from '../../server/route.ts'
import { userName } from '../user-name.ts'
import type { Review } from './review.ts'

export function registerReviewRoutes(app: FastifyInstance, review: Review): void {
  route(app, 'labels.review', ({ params, query }) => review.page(params.id, query))
  route(app, 'labels.decide', ({ params, body }) => review.decide(params.id, { ...body, by: body.by ?? userName() }))
}
