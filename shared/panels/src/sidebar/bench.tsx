import { experimentDetail, experimentSummary } from '../fixtures/experiment-summaries.ts'
import { baseDetail, baseSummary } from '../fixtures/labels.ts'
import { artifact, moduleInfo, moduleSummary, version } from '../fixtures/library.ts'
import { summary } from '../fixtures/runs.ts'
import { startBench } from '../testing/bench.ts'
import type { FileEntry } from './model.ts'
import { mountSidebar } from './mount.tsx'

const COUNTS = { pending: 1, ready: 0, running: 1, succeeded: 1, failed: 0, cancelled: 0, blocked: 0 }

const runs = [
  summary('9f2c41d0a7', {
    state: 'running',
    createdAt: new Date(Date.now() - 40_000).toISOString(),
    duration: undefined,
    counts: COUNTS,
  }),
  summary('77aa10be33', { state: 'failed' }),
  ...Array.from({ length: 6 }, (_, i) => summary(`old${i}`, { createdAt: `2026-11-1${i}T09:00:00.000Z` })),
  summary('c0ffee', {
    workflow: 'phishing-detection-with-a-very-long-name',
    path: '/project/phishing-detection-with-a-very-long-name.workflow.yaml',
  }),
]

/** Its workflow file was renamed. */
const renamed = summary('b5d0a1', { workflow: 'dns-old', path: '/project/dns-old.workflow.yaml', gone: true })

const liveModules: FileEntry[] = [
  {
    path: '/project/phishing/prepare/module.yaml',
    name: 'phishing-prepare-mails-for-training',
    place: './phishing/prepare',
    source: '/project/phishing/prepare',
  },
]

let saves = 0

const NEW_MODULE: FileEntry = {
  path: '/project/new/module.yaml',
  name: 'new-module',
  place: './http-attacks/new-module',
}

startBench(
  (element, { host }, fixture) =>
    mountSidebar(element, {
      host,
      newWorkflow: () => host.notify('info', 'new workflow'),
      workflows: {
        list: async () => {
          if (fixture === 'empty') return []
          if (fixture === 'slow') await new Promise((resolve) => window.addEventListener('bench-listed', resolve))
          const dns = { path: '/project/dns.workflow.yaml', name: 'dns' }
          return fixture === 'broken'
            ? [dns, { path: '/project/half-written.workflow.yaml', name: 'half-written' }]
            : [dns]
        },
        onChange: (listener) => {
          window.addEventListener('bench-workflow-written', listener)
          return () => window.removeEventListener('bench-workflow-written', listener)
        },
      },
      modules: {
        list: async () => {
          if (fixture === 'slow') await new Promise((resolve) => window.addEventListener('bench-listed', resolve))
          return fixture === 'empty' || fixture === 'many' ? [] : [...liveModules]
        },
        onChange: (listener) => {
          window.addEventListener('bench-module-written', () => {
            liveModules.push(NEW_MODULE)
            listener()
          })
          // Somebody else wrote it: the editor hears nothing.
          window.addEventListener('bench-module-appeared', () => liveModules.push(NEW_MODULE))
          return () => undefined
        },
      },
    }),
  (fixture) => {
    const empty = fixture === 'empty'
    const many = fixture === 'many'
    return {
      routes: {
        'runs.list': () => (empty ? [] : fixture === 'gone' ? [renamed, ...runs] : runs),
        'modules.list': () =>
          empty
            ? []
            : many
              ? Array.from({ length: 30 }, (_, i) => moduleSummary(`module-${i}`))
              : [
                  moduleSummary('train-waf'),
                  { ...moduleSummary('csv-split', '1.0.0'), versions: ['1.0.0'], builtin: true },
                ],
        'library.list': ({ params }) =>
          empty || params.kind === 'code'
            ? []
            : params.kind === 'dataset'
              ? [
                  artifact('dataset', 'waf', 3),
                  artifact('dataset', 'a-dataset-with-a-name-that-is-much-too-long-for-a-side-bar', 1),
                ]
              : [artifact('model', 'waf-model', 2)],
        'workflows.check': ({ body }) => ({
          modules: {},
          problems:
            body.path.includes('half') && !document.title.endsWith('mended')
              ? [
                  {
                    severity: 'error',
                    code: 'unknown-module',
                    message: 'There is no module ./prepaer. Did you mean ./prepare?',
                    where: { path: body.path, line: 7, column: 14 },
                  },
                  { severity: 'warning', code: 'unused-parameter', message: 'lr is not used.' },
                  { severity: 'error', code: 'missing-input', message: 'train.data has no source.' },
                ]
              : [],
        }),
        'modules.save': () => ({
          ...moduleInfo('phishing-prepare-mails-for-training', '1.0.0'),
          ...(saves++ === 0 ? {} : { unchanged: true }),
        }),
        'experiments.list': () =>
          empty
            ? []
            : [
                experimentSummary('waf-search', 'running', 12),
                experimentSummary('phishing', 'failed', 3),
                experimentSummary('leaderboard', 'done', 20),
              ],
        'experiments.stop': () => experimentDetail('waf-search', 'stopping', 12),
        'labels.bases.list': () =>
          empty
            ? []
            : [
                baseSummary('attack', { waiting: 412 }),
                baseSummary('webattack', { state: { state: 'working', job: 'l1', answers: true } }),
                baseSummary('a-reference-base-with-a-name-that-is-much-too-long-for-a-side-bar', {
                  state: {
                    state: 'failed',
                    answers: false,
                    error: { code: 'unavailable', message: 'The embedder at http://127.0.0.1:8188 does not answer.' },
                  },
                }),
              ],
        'labels.bases.create': ({ body }) => baseDetail(body.name),
        'library.add': ({ params, body }) => ({
          ...version('dataset', body.name, 1),
          kind: params.kind,
          ...(body.path.includes('same') ? { unchanged: true } : {}),
        }),
        'library.remove': () => ({ restorableUntil: '2026-12-01T00:00:00Z' }),
        'library.restore': ({ params }) => version('dataset', params.name, 3),
        'runs.cancel': () => ({ ...summary('x'), parameters: {}, inputs: {}, nodes: [], outputs: {}, text: '' }),
        'runs.start': () => ({ ...summary('new-run'), parameters: {}, inputs: {}, nodes: [], outputs: {}, text: '' }),
      },
    }
  },
)
