import type { FastifyInstance } from 'fastify'
import { route } from '../../server/route.ts'
import { userName } from '../user-name.ts'
import type { Review } from './review.ts'
import { type SaveDomain, saveLabelling } from './save.ts'

export function registerReviewRoutes(app: FastifyInstance, review: Review, saving: SaveDomain): void {
  route(app, 'labels.review', ({ params, query }) => review.page(params.id, query))
  route(app, 'labels.decide', ({ params, body }) => review.decide(params.id, { ...body, by: body.by ?? userName() }))
  route(app, 'labels.save', ({ params, body, signal }) => saveLabelling(saving, params.id, body, signal))
}
