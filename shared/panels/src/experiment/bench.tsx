import type { RouteOutput } from '@secxops/protocol/api'
import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { textLog } from '../fixtures/log-file.ts'
import { madeExperiment, madeMetrics, madeTrials } from '../fixtures/made-trials.ts'
import { fakeError } from '../hosts/fake-host.ts'
import { FOUND, madeSearch } from '../nas/made-search.ts'
import { startBench } from '../testing/bench.ts'
import { mountExperiment } from './mount.tsx'

const LOG = ['epoch 1 accuracy 0.61', 'epoch 2 accuracy 0.83', 'RuntimeError: CUDA out of memory', ''].join('\n')

/** A wait that is held by a backend which then goes away. */
const neverAnswered = <T,>(): Promise<T> => new Promise(() => undefined)

/** What an architecture search reported, as rows. */
const found = [...madeSearch(24), FOUND].map((report, at) => ({ row: at + 1, at: new Date().toISOString(), report }))

const trialsOf = (fixture: string) =>
  fixture === 'large' ? madeTrials(10_000) : fixture === 'points' ? madeTrials(1000) : madeTrials(60)

function experimentOf(fixture: string, trials: ReturnType<typeof trialsOf>) {
  switch (fixture) {
    case 'preparing':
      return madeExperiment([], { state: 'preparing', detail: 'installing nni 3.0: 41 of 63 packages' })
    case 'failed':
      return madeExperiment([], {
        state: 'failed',
        error: {
          code: 'conflict',
          message: 'The tuner ended with an error.',
          cause: "KeyError: 'optimize_mode'",
          next: [
            { label: 'Open the experiment', kind: 'open', place: { path: '/project/phishing/search.experiment.yaml' } },
          ],
        },
      })
    case 'nas':
      return madeExperiment(trials, { kind: 'nas', method: 'p-darts', reportRow: found.length, space: undefined })
    case 'automl':
      return madeExperiment(trials, {
        kind: 'automl',
        state: 'done',
        method: 'medium_quality',
        space: undefined,
        trials: { total: 9, running: 0, succeeded: 7, failed: 0, stoppedEarly: 0, skipped: 2 },
      })
    case 'done':
      return madeExperiment(trials, { state: 'done', detail: 'the limit of trials was reached' })
    case 'file':
      return madeExperiment(trials, { engine: 'file', state: 'done', path: '/project/nni.sqlite' })
    default:
      return madeExperiment(trials)
  }
}

startBench(
  (element, { host }, fixture) =>
    mountExperiment(element, { host, id: 'x1', ...(fixture === 'trial' ? { trial: 17 } : {}) }),
  (fixture) => {
    const trials = ['preparing', 'failed'].includes(fixture) ? [] : trialsOf(fixture)
    const metrics = madeMetrics(trials, fixture === 'points' ? 500 : 11)
    const detail = experimentOf(fixture, trials)
    const now: Partial<ExperimentDetail> = {}
    const others = madeTrials(40, 11)
    const second = madeExperiment(others, { id: 'x2', name: 'phishing-random', method: 'Random', state: 'done' })
    return {
      routes: {
        'experiments.get': ({ params }) => {
          if (params.id === 'x2') return second
          if (fixture === 'missing') throw fakeError({ code: 'not-found', message: 'There is no experiment x1.' })
          return { ...detail, ...now, metricRow: metrics.row }
        },
        'experiments.trials': ({ query, params }) => {
          if (Number(query?.after ?? 0) > 0) return { trials: [], change: Number(query?.after), complete: true }
          const all = params.id === 'x2' ? others : trials
          return { trials: all, change: all.length, complete: true }
        },
        'experiments.metrics': ({ query }) =>
          Number(query?.after ?? 0) === 0
            ? metrics
            : { ...metrics, row: Number(query?.after), trial: [], name: [], step: [], value: [], time: [] },
        'experiments.reports': ({ query }) => ({
          row: found.length,
          reports: fixture === 'nas' ? found.slice(Number(query?.after ?? 0)) : [],
        }),
        'experiments.saveModel': ({ body }) => ({
          kind: 'model',
          name: body?.name ?? '',
          version: 1,
          createdAt: '',
          digest: '',
          size: 1,
          files: 1,
          single: false,
          description: '',
          lineage: { source: 'saved', inputs: [] },
        }),
        'experiments.list': () => [detail, second],
        'experiments.log': ({ query, params }) => {
          const chunk = textLog(
            () => LOG,
            () => Number(params.trial) < 59,
          )(query ?? {})
          return query?.wait && !chunk.complete ? neverAnswered<RouteOutput<'experiments.log'>>() : chunk
        },
        'experiments.stop': () => {
          now.state = 'stopping'
          return { ...detail, ...now }
        },
        'experiments.resume': ({ body }) => {
          if (fixture === 'done' && Number(body?.maxTrialNumber ?? 0) <= trials.length)
            throw fakeError({ code: 'conflict', message: 'At its limit.', where: { field: 'maxTrialNumber' } })
          now.state = 'running'
          return { ...detail, ...now }
        },
        'experiments.edit': () => detail,
        'experiments.addTrial': ({ body }) => ({
          number: trials.length + 1,
          state: 'waiting',
          source: 'user',
          parameters: body?.parameters ?? {},
          reports: 0,
        }),
        'experiments.stopTrial': ({ params }) => {
          const trial = trials.find(({ number }) => number === Number(params.trial))
          if (!trial) throw fakeError({ code: 'not-found', message: 'There is no such trial.' })
          return { ...trial, state: 'cancelled' }
        },
        'experiments.apply': () => ({ path: '/project/phishing/module.yaml', changed: ['lr', 'dropout'] }),
      },
    }
  },
)
