import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { isGoing } from '@secxops/protocol/experiment-going'
import type { FastifyInstance } from 'fastify'
import { readLog } from '../runs/log.ts'
import { route } from '../server/route.ts'
import { checkHandMade } from './check-hand-made.ts'
import type { Experiments } from './experiments.ts'
import { trialSecrets } from './runner-engine/module-trials.ts'

/** Routes of what every kind of experiment has. */
export function registerExperimentRoutes(app: FastifyInstance, experiments: Experiments): void {
  route(app, 'experiments.list', () => experiments.list())
  route(app, 'experiments.start', ({ body }) => experiments.start(body))
  route(app, 'experiments.get', ({ params }) => experiments.get(params.id))
  route(app, 'experiments.trials', ({ params, query, signal }) => experiments.trials(params.id, query, signal))
  route(app, 'experiments.metrics', ({ params, query, signal }) => experiments.metrics(params.id, query, signal))
  route(app, 'experiments.reports', ({ params, query, signal }) => experiments.reports(params.id, query, signal))
  route(app, 'experiments.log', ({ params: { id, trial }, query, signal }) => {
    const { state } = experiments.trial(id, trial)
    if (state === 'waiting' && !isGoing(experiments.stored(id).head))
      throw new SecxopsError({ code: 'not-found', message: `Trial ${trial} has not run: it has no log.` })
    const ended = (): boolean => {
      const now = experiments.trial(id, trial).state
      return now !== 'waiting' && now !== 'running'
    }
    const directory = experiments.directory(id)
    const secrets = trialSecrets(directory, experiments.stored(id).spec.file)
    return readLog(join(directory, 'trials', String(trial), 'log'), query, ended, secrets, signal)
  })
  route(app, 'experiments.stop', ({ params }) => experiments.stop(params.id))
  route(app, 'experiments.resume', ({ params, body }) => experiments.resume(params.id, body))
  route(app, 'experiments.edit', ({ params, body }) => experiments.edit(params.id, body))
  route(app, 'experiments.remove', async ({ params, body }) => {
    await experiments.remove(params.id, body.confirm)
    return {}
  })
  route(app, 'experiments.addTrial', ({ params, body }) => {
    checkHandMade(experiments.stored(params.id).spec, body.parameters)
    return experiments.addTrial(params.id, body.parameters)
  })
  route(app, 'experiments.stopTrial', ({ params }) => experiments.stopTrial(params.id, params.trial))
}
