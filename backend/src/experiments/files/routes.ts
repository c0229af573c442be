import type { FastifyInstance } from 'fastify'
import { route } from '../../server/route.ts'
import { type DraftNeeds, draftExperiment } from '../draft/draft.ts'
import { type CheckNeeds, checkExperiment } from './check.ts'

/** Routes of experiment files; editing them belongs to the editors. */
export function registerExperimentFileRoutes(app: FastifyInstance, needs: CheckNeeds & DraftNeeds): void {
  route(app, 'experiments.check', ({ body }) => checkExperiment(needs, body.path, body.text))
  route(app, 'experiments.draft', ({ body }) => draftExperiment(needs, body))
}
