import { SecxopsError } from '@secxops/protocol/errors'
import type { FastifyInstance } from 'fastify'
import type { Home } from '../../home.ts'
import { route } from '../../server/route.ts'
import type { Experiments } from '../experiments.ts'
import { openNniFile } from './open-file.ts'
import { registerNniPage } from './page-routes.ts'

/** Routes of what only NNI has: its page, and its database as a file. */
export function registerNniRoutes(app: FastifyInstance, experiments: Experiments, home: Home): void {
  route(app, 'experiments.open', ({ body }) => openNniFile(body.path, experiments, home))
  registerNniPage(app, (id) => {
    const place = experiments.running(id)?.page?.()
    if (place) return place
    const { spec } = experiments.stored(id)
    throw new SecxopsError({
      code: 'not-found',
      message: `Experiment ${spec.name} is not carried out by NNI's manager now: its page is there only while it runs.`,
    })
  })
}
