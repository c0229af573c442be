import { detail, moduleInfo, moduleSummary, table, version } from '../fixtures/library.ts'
import { attempt, failedRun, runNode } from '../fixtures/runs.ts'
import { startBench } from '../testing/bench.ts'
import { mountArtifact, mountModule } from './mount.tsx'

startBench(
  (element, { host }, fixture) => {
    if (fixture === 'module') mountModule(element, { host, name: 'train-waf' })
    else mountArtifact(element, { host, kind: 'dataset', name: 'waf' })
  },
  () => ({
    routes: {
      'library.get': ({ params }) =>
        detail('dataset', params.name, params.version === 'latest' ? 3 : Number(params.version)),
      'library.preview': () => table,
      'library.export': ({ body }) => ({ path: `${body.directory}/waf` }),
      'library.remove': () => ({ restorableUntil: '2026-12-01T00:00:00Z' }),
      'library.restore': ({ params }) => version('dataset', params.name, 3),
      'runs.get': () => ({
        ...failedRun(),
        nodes: [
          runNode('prepare', 'succeeded', [attempt(1, 'succeeded')]),
          runNode('train', 'succeeded', [attempt(1, 'succeeded')]),
        ],
      }),
      'runs.metrics': ({ params }) => ({
        metrics:
          params.node === 'train'
            ? [
                { name: 'loss', value: 0.4, step: 1, time: '2026-11-20T09:00:00Z' },
                { name: 'f1', value: 0.926, final: true, time: '2026-11-20T09:00:00Z' },
                { name: 'loss', value: 0.2, step: 2, time: '2026-11-20T09:00:00Z' },
              ]
            : [{ name: 'rows', value: 20_712, final: true, time: '2026-11-20T09:00:00Z' }],
        next: 3,
        complete: true,
      }),
      'runs.saveOutput': ({ body }) => version('dataset', body.name, 1),
      'modules.get': ({ params, query }) => moduleInfo(params.name, query?.version),
      'modules.list': () => [moduleSummary('train-waf')],
    },
  }),
)
