import { dirname, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { FastifyInstance } from 'fastify'
import { route } from '../../server/route.ts'
import type { ModuleService } from '../../services.ts'
import type { Experiments } from '../experiments.ts'
import { applyToDefaults, applyToWorkflow } from './apply-trial.ts'

/** The route that takes a trial's parameters over. */
export function registerApplyRoute(app: FastifyInstance, experiments: Experiments, modules: ModuleService): void {
  route(app, 'experiments.apply', async ({ params, body }) => {
    const { spec } = experiments.stored(params.id)
    const trial = experiments.trial(params.id, params.trial)
    if (spec.kind !== 'hpo')
      throw new SecxopsError({
        code: 'conflict',
        message: `Only a search over parameters has parameters to take over. Keep what this one found as a model: "Save as model" on its page, or secxops experiment save ${params.id}`,
      })
    if (body.to === 'defaults') return applyToDefaults(spec, trial)
    const target = body.path ?? join(dirname(spec.path), `${spec.name}.workflow.yaml`)
    return applyToWorkflow(spec, trial, target, modules)
  })
}
