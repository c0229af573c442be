import { parseWorkflow } from '@secxops/protocol/workflow-document'
import type { FakeHost, FakeHostOptions } from '../hosts/fake-host.ts'
import { createMemoryDocument, type MemoryDocument } from '../hosts/memory-document.ts'
import { startBench } from '../testing/bench.ts'
import { checkOf, failedRun, largeWorkflow, MODULES, node, PATH, REPORT, TEXT_OF_WORKFLOW } from './fixtures.ts'
import { mountCanvas } from './mount.tsx'

declare global {
  interface Window {
    sxDocument?: MemoryDocument
  }
}

/** Fixtures: default (never run), failed (a run with a failed node), empty, broken, large, long (names as long as they may be), sources (inputs from the library). */
function textOf(fixture: string): string {
  if (fixture === 'empty') return 'apiVersion: secxops/v1\nkind: Workflow\nnodes: {}\n'
  if (fixture === 'large') return largeWorkflow(1000)
  if (fixture === 'sources')
    return TEXT_OF_WORKFLOW.replace('{input: raw}', '{dataset: payload-train@1}').replace(
      'test: prepare.test',
      'test: {dataset: payload-test-of-november@12}',
    )
  if (fixture !== 'long') return TEXT_OF_WORKFLOW
  return TEXT_OF_WORKFLOW.replaceAll('prepare:', `prepare-${'rows-of-the-proxy-logs-'.repeat(2)}:`).replaceAll(
    'prepare.',
    `prepare-${'rows-of-the-proxy-logs-'.repeat(2)}.`,
  )
}

function routesOf(fixture: string): FakeHostOptions {
  const text = textOf(fixture)
  const first = parseWorkflow(text, PATH)
  const started = {
    ...failedRun(text),
    id: 'run-2',
    state: 'running' as const,
    seq: 1,
    createdAt: new Date().toISOString(),
  }
  const { endedAt: _, duration: __, ...running } = started
  const summary = failedRun(text)
  return {
    routes: {
      'workflows.check': ({ body }) => {
        // The backend reads the text elsewhere; here its time must not count as the panel's.
        const { workflow, problems } = body.text === text ? first : parseWorkflow(body.text ?? '', PATH)
        return workflow ? { ...checkOf(workflow), workflow } : { problems, modules: {} }
      },
      'runs.list': async () => {
        if (fixture === 'slow') await new Promise((resolve) => window.addEventListener('bench-listed', resolve))
        return fixture === 'failed' ? [summary] : []
      },
      'runs.get': () => ({ ...failedRun(text), ...(first.workflow ? { asRun: first.workflow } : {}) }),
      'runs.start': () => ({
        ...running,
        nodes: ['prepare', 'train', 'evaluate', 'report'].map((id) =>
          node(id, id === 'prepare' ? 'running' : 'pending'),
        ),
      }),
      'runs.continue': () => ({ ...failedRun(text), state: 'running', seq: 20 }),
      'runs.cancel': () => ({ ...running, state: 'cancelling', seq: 30 }),
      'runs.plan': () => ({
        run: [
          { node: 'train', why: ['parameter lr changed'] },
          { node: 'evaluate', why: ['waited for train'] },
        ],
        reuse: [],
        keep: ['prepare'],
        problems: [],
      }),
      'runs.metrics': () => ({
        metrics: [
          { name: 'loss', value: 0.7, step: 1, time: '2026-11-20T10:00:01Z' },
          { name: 'loss', value: 0.25, step: 2, time: '2026-11-20T10:00:02Z' },
          { name: 'accuracy', value: 0.875, final: true, time: '2026-11-20T10:00:03Z' },
        ],
        next: 300,
        complete: true,
      }),
      'runs.log': () => {
        const log = "epoch 1\nTraceback (most recent call last):\nModuleNotFoundError: No module named 'xgboost'\n"
        return { offset: 0, next: log.length, text: log, size: log.length, complete: true }
      },
      'runs.preview': () => ({
        kind: 'table',
        file: 'features.csv',
        columns: [
          { name: 'url_length', type: 'integer' },
          { name: 'has_ip', type: 'boolean' },
          { name: '网站', type: 'string' },
        ],
        rows: [
          [54, true, '示例.中国'],
          [1023, false, 'a.example'],
        ],
        truncated: true,
      }),
      'library.list': ({ params }) =>
        params.kind === 'dataset'
          ? [
              {
                kind: 'dataset',
                name: 'phishing',
                versions: 3,
                latest: {
                  kind: 'dataset',
                  name: 'phishing',
                  version: 3,
                  createdAt: '2026-11-01T00:00:00Z',
                  digest: 'sha256:3',
                  size: 10,
                  files: 1,
                  single: true,
                  description: '',
                  lineage: { source: 'added', inputs: [] },
                },
              },
            ]
          : [],
      'library.add': ({ body }) => ({
        kind: 'dataset',
        name: body.name,
        version: 1,
        createdAt: '2026-11-01T00:00:00Z',
        digest: 'sha256:4',
        size: 10,
        files: 1,
        single: true,
        description: '',
        lineage: { source: 'added', inputs: [] },
      }),
      'modules.list': () =>
        Object.values(MODULES)
          .filter(({ version }) => version)
          .map(({ name, version }) => ({
            name,
            latest: version ?? '1.0.0',
            versions: [version ?? '1.0.0'],
            builtin: name === 'balance',
            description: name === 'balance' ? 'Evens out the classes' : 'Gradient descent over prepared rows',
            createdAt: '2026-11-01T00:00:00Z',
          })),
      'modules.get': ({ params }) => {
        const module = Object.values(MODULES).find(({ name }) => name === params.name)
        if (!module) throw new Error(`no module ${params.name}`)
        return {
          name: module.name,
          version: module.version ?? '1.0.0',
          createdAt: '2026-11-01T00:00:00Z',
          digest: 'sha256:5',
          size: 1,
          files: 1,
          builtin: false,
          path: '/home/modules',
          module,
        }
      },
      'modules.resolve': ({ body }) => ({ ref: body.ref, module: REPORT, path: '/project', live: true }),
      'modules.inspect': ({ body }) => ({
        path: body.path,
        kind: 'notebook',
        modulePath: body.path.replace(/[^/]+$/, 'module.yaml'),
        exists: false,
        module: REPORT,
        evidence: {},
        requirements: [],
        requirementsText: 'pandas==2.3.0\n',
        requirementsExists: false,
        dockerfile: { exists: false, lines: [] },
        files: [],
        size: 0,
        problems: [],
      }),
      'modules.write': ({ body }) => ({ modulePath: body.modulePath, written: [body.modulePath] }),
    },
  }
}

startBench((element: HTMLElement, fake: FakeHost, fixture: string) => {
  const document = createMemoryDocument({ path: PATH, text: textOf(fixture) })
  window.sxDocument = document
  if (fixture === 'broken') document.setText(`${TEXT_OF_WORKFLOW}  - oops: [\n`)
  performance.mark('sx-canvas-mount')
  const mounted = mountCanvas(element, {
    host: fake.host,
    document,
    modules: {
      list: async () => ['prepare', 'report', 'detect'].map((name) => ({ path: `/project/${name}/module.yaml`, name })),
      onChange: () => () => undefined,
    },
  })
  markWhenDrawn(element, Object.keys(document.state().workflow.nodes).length)
  return mounted
}, routesOf)

/** Leaves a mark for the speed bench in the first frame that has every node and, drawn before the nodes, its edges. */
function markWhenDrawn(element: HTMLElement, nodes: number): void {
  const look = (): void => {
    if (element.querySelectorAll('.react-flow__node, .sx-dot').length >= nodes)
      requestAnimationFrame(() => performance.mark('sx-canvas-drawn'))
    else requestAnimationFrame(look)
  }
  look()
}
