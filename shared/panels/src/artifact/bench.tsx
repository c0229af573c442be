import { detail, moduleInfo, moduleSummary, table, version } from '../fixtures/library.ts'
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
      'modules.get': ({ params, query }) => moduleInfo(params.name, query?.version),
      'modules.list': () => [moduleSummary('train-waf')],
    },
  }),
)
