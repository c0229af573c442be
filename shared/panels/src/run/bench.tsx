import type { RouteOutput } from '@secxops/protocol/api'
import { module, table } from '../fixtures/library.ts'
import { textLog } from '../fixtures/log-file.ts'
import { attempt, failedRun, runNode, runningRun } from '../fixtures/runs.ts'
import { startBench } from '../testing/bench.ts'
import { mountRun } from './mount.tsx'

const TEXT = [
  'epoch 1 loss 0.9',
  '\u001b[33mUserWarning: old API\u001b[0m',
  '10%\r50%\r100%',
  '<img src=x onerror=alert(1)>',
  ...Array.from({ length: 60 }, (_, i) => `epoch ${i + 2} loss ${(0.9 / (i + 2)).toFixed(4)}`),
  'Traceback (most recent call last):',
  "\u001b[31mModuleNotFoundError: No module named 'xgboost'\u001b[0m",
  '',
].join('\n')

/** A wait that is held by a backend which then goes away. */
const neverAnswered = <T,>(): Promise<T> => new Promise(() => undefined)

const runOf = (fixture: string) => (fixture === 'running' ? runningRun() : failedRun())

startBench(
  (element, { host }, fixture) =>
    mountRun(element, { host, runId: 'r1', ...(fixture === 'log' ? { nodeId: 'train', part: 'log' } : {}) }),
  (fixture) => ({
    routes: {
      'runs.get': () => runOf(fixture),
      'runs.log': ({ query }) => {
        const chunk = textLog(
          () => TEXT,
          () => fixture !== 'running',
        )(query ?? {})
        return query?.wait && !chunk.complete ? neverAnswered<RouteOutput<'runs.log'>>() : chunk
      },
      'runs.metrics': ({ params, query }) =>
        fixture === 'running' && query?.wait
          ? neverAnswered<RouteOutput<'runs.metrics'>>()
          : {
              metrics: ['train', 'report'].includes(params.node)
                ? [
                    ...Array.from({ length: 20 }, (_, step) => ({
                      name: 'loss',
                      value: 1 / (step + Number(params.attempt)),
                      step,
                      time: '2026-11-20T09:00:00Z',
                    })),
                    { name: 'f1', value: 0.9731, final: true, time: '2026-11-20T09:00:00Z' },
                  ]
                : [],
              next: 1,
              complete: fixture !== 'running',
            },
      'modules.resolve': () => ({ ref: './train', module, path: '/project/train', live: true }),
      'runs.plan': ({ body }) => ({
        run: [
          {
            node: 'train',
            why: Object.keys(body?.set?.train ?? {}).length > 0 ? ['parameter lr changed'] : ['it failed'],
          },
          { node: 'evaluate', why: ['waits for train'] },
        ],
        reuse: [],
        keep: ['prepare', 'report'],
        problems: [],
      }),
      'runs.continue': () => ({
        ...failedRun(),
        state: 'running',
        nodes: [runNode('train', 'running', [attempt(3, 'running')])],
      }),
      'runs.cancel': () => ({ ...runningRun(), state: 'cancelling' }),
      'runs.start': () => ({ ...runningRun(), id: 'r2' }),
      'runs.preview': () => table,
      'runs.saveOutput': ({ body }) => ({
        kind: 'model',
        name: body.name,
        version: 1,
        createdAt: '',
        digest: '',
        size: 1,
        files: 1,
        single: true,
        description: '',
        lineage: { source: 'saved', inputs: [] },
      }),
      'modules.addRequirement': () => ({ path: '/project/train/requirements.txt' }),
    },
  }),
)
