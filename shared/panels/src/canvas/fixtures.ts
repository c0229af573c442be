import type { ResolvedModule } from '@secxops/protocol/api'
import type { Problem } from '@secxops/protocol/errors'
import type { ModuleFile } from '@secxops/protocol/module'
import type { Run, RunNode } from '@secxops/protocol/run'
import type { WorkflowFile } from '@secxops/protocol/workflow'

export const PATH = '/project/phishing.workflow.yaml'

export const TEXT_OF_WORKFLOW = `# Phishing sites: from raw rows to a judged model
apiVersion: secxops/v1
kind: Workflow
parameters: {lr: {type: number, default: 0.1, minimum: 0, maximum: 1}}
inputs: {raw: {type: dataset, default: phishing@3}}
nodes:
  prepare: {module: ./prepare, inputs: {raw: {input: raw}}}   # keeps 20 % for the test
  train:
    module: train-waf@1.2.0
    with: {lr: {parameter: lr}, epochs: 20}
    inputs: {data: prepare.features}
  evaluate:
    module: ./evaluate
    inputs: {model: train.model, test: prepare.test}
  report: {module: ./report, after: [evaluate]}
outputs: {model: {from: train.model, saveAs: phishing-model}}
`

const file = (name: string, rest: Partial<ModuleFile>): ModuleFile => ({
  apiVersion: 'secxops/v1',
  kind: 'Module',
  name,
  start: `python3 ${name}.py`,
  ...rest,
})

/** What the packager finds in any notebook of the bench. */
export const REPORT = file('report', { inputs: { extra: { type: 'file', required: false } } })

export const MODULES: Record<string, ModuleFile> = {
  './prepare': file('prepare', {
    start: 'papermill prepare.ipynb out.ipynb -p share $share',
    parameters: {
      share: { type: 'number', default: 0.2, minimum: 0, maximum: 1, description: 'part kept for the test' },
    },
    inputs: { raw: { type: 'dataset' } },
    outputs: { features: { type: 'dataset', path: 'features.csv' }, test: { type: 'dataset', path: 'test.csv' } },
  }),
  'train-waf@1.2.0': file('train-waf', {
    version: '1.2.0',
    parameters: {
      lr: { type: 'number', default: 0.1, minimum: 0, maximum: 1, description: 'learning rate' },
      epochs: { type: 'integer', default: 10, minimum: 1 },
      loss: { type: 'choice', choices: ['log', 'hinge'], default: 'log' },
      shuffle: { type: 'boolean', default: true },
      token: { type: 'secret', required: false },
      layers: { type: 'json', default: [64, 32] },
    },
    inputs: { data: { type: 'dataset' } },
    outputs: { model: { type: 'model', path: 'model.joblib' } },
    resources: { cpu: 1, memory: '1Gi' },
  }),
  './evaluate': file('evaluate', {
    inputs: { model: { type: 'model' }, test: { type: 'dataset' } },
    outputs: { report: { type: 'file', path: 'report.json' } },
  }),
  './report': REPORT,
  'balance@0.3.1': file('balance', {
    version: '0.3.1',
    inputs: { rows: { type: 'dataset' } },
    outputs: { rows: { type: 'dataset', path: 'rows.csv' } },
  }),
}

export const resolved = (ref: string): ResolvedModule | undefined => {
  const module = MODULES[ref]
  return (
    module && {
      ref,
      module,
      path: ref.startsWith('.') ? `/project/${ref.slice(2)}` : `/home/modules/${ref}`,
      live: ref.startsWith('.'),
    }
  )
}

/** What the backend would say about a workflow: modules of known references, a problem for each unknown one. */
export function checkOf(workflow: WorkflowFile): { problems: Problem[]; modules: Record<string, ResolvedModule> } {
  const problems: Problem[] = []
  const modules: Record<string, ResolvedModule> = {}
  for (const [id, node] of Object.entries(workflow.nodes)) {
    const module = resolved(node.module)
    if (module) modules[id] = module
    else
      problems.push({
        severity: 'error',
        code: 'unknown-module',
        message: `There is no module ${node.module}.`,
        where: { path: PATH, line: 7, column: 3, field: `nodes.${id}.module` },
      })
    for (const [port, { required }] of Object.entries(module?.module.inputs ?? {}))
      if (required !== false && node.inputs?.[port] === undefined)
        problems.push({
          severity: 'error',
          code: 'missing-input',
          message: `Input ${port} of ${id} has no source.`,
          where: { path: PATH, line: 9, column: 3, field: `nodes.${id}.inputs.${port}` },
        })
  }
  return { problems, modules }
}

const START = '2026-11-20T10:00:00.000Z'

const attempt = (node: string, rest: Partial<RunNode['attempts'][number]>): RunNode['attempts'][number] => ({
  number: 1,
  state: 'succeeded',
  startedAt: START,
  argv: ['python3', `${node}.py`],
  parameters: {},
  module: { ref: `./${node}`, name: node, digest: 'sha256:1' },
  inputs: {},
  outputs: {},
  signature: 's1',
  ...rest,
})

export const node = (id: string, state: RunNode['state'], rest: Partial<RunNode> = {}): RunNode => ({
  id,
  state,
  module: `./${id}`,
  blockedBy: [],
  needs: [],
  attempts: [],
  stale: [],
  ...rest,
})

/** A run whose training failed: prepared rows are there, the rest waits. */
export function failedRun(text: string): Run {
  const content = { type: 'dataset' as const, digest: 'sha256:2', size: 1_468_006, files: 1, path: '/home/contents/2' }
  return {
    id: 'run-1',
    workflow: 'phishing',
    path: PATH,
    state: 'failed',
    target: 'local',
    createdAt: START,
    endedAt: '2026-11-20T10:00:42.000Z',
    duration: 42_000,
    counts: { pending: 0, ready: 0, running: 0, succeeded: 1, failed: 1, cancelled: 0, blocked: 2 },
    seq: 10,
    parameters: { lr: 0.1 },
    inputs: {},
    outputs: {},
    text,
    nodes: [
      node('prepare', 'succeeded', {
        attempts: [
          attempt('prepare', {
            endedAt: START,
            duration: 3100,
            exitCode: 0,
            notebook: '/home/attempts/run-1/prepare/1/out.ipynb',
            outputs: {
              features: { ...content, artifact: { kind: 'dataset', name: 'phishing-prepare-features', version: 2 } },
              test: content,
            },
          }),
        ],
      }),
      node('train', 'failed', {
        attempts: [
          attempt('train', {
            state: 'failed',
            exitCode: 1,
            duration: 900,
            endedAt: START,
            error: {
              code: 'missing-import',
              message: 'Module train-waf 1.2.0 stopped with exit code 1: a Python module is missing.',
              cause: "ModuleNotFoundError: No module named 'xgboost' (train.py:3)",
              next: [
                {
                  kind: 'add-requirement',
                  label: 'Add and continue',
                  requirement: 'xgboost',
                  path: '/project/train',
                  runId: 'run-1',
                },
              ],
            },
          }),
        ],
      }),
      node('evaluate', 'blocked', { blockedBy: ['train'], needs: ['train', 'prepare'] }),
      node('report', 'blocked', { blockedBy: ['train'], needs: ['evaluate'] }),
    ],
  }
}

/** Columns of 25 nodes, each fed from the column before, a third also put in order after its neighbour: 1,000 nodes have 1,300 edges. */
export function largeWorkflow(size: number): string {
  const lines = ['apiVersion: secxops/v1', 'kind: Workflow', 'nodes:']
  for (let index = 0; index < size; index++) {
    const rows = index < 25 ? '' : `, inputs: {rows: n${index - 25}.rows}`
    const after = index >= 26 && index % 3 === 0 ? `, after: [n${index - 26}]` : ''
    lines.push(`  n${index}: {module: balance@0.3.1${rows}${after}}`)
  }
  return `${lines.join('\n')}\n`
}
