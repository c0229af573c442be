import type { FastifyInstance } from 'fastify'
import { route } from '../../server/route.ts'
import { userName } from '../user-name.ts'
import type { Jobs } from './jobs.ts'
import type { JobRequests } from './requests.ts'

export function registerJobRoutes(app: FastifyInstance, jobs: Jobs, requests: JobRequests): void {
  route(app, 'labels.jobs.list', ({ query }) => jobs.list(query.base))
  route(app, 'labels.jobs.get', ({ params }) => jobs.get(params.id))
  route(app, 'labels.jobs.cancel', ({ params }) => jobs.cancel(params.id))
  route(app, 'labels.jobs.resume', ({ params }) => jobs.resume(params.id))
  route(app, 'labels.bases.learn', ({ params }) => requests.learn(params.base))
  route(app, 'labels.label', ({ params, body }) => requests.label(params.base, body))
  route(app, 'labels.references.import', ({ params, body }) =>
    requests.importReferences(params.base, { ...body, by: body.by ?? userName() }),
  )
  route(app, 'labels.generate', ({ params, body }) =>
    requests.generate(params.base, { ...body, by: body.by ?? userName() }),
  )
}
