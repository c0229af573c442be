import { experimentDetail, experimentSummary } from '../fixtures/experiment-summaries.ts'
import { fakeError } from '../hosts/fake-host.ts'
import { createMemoryTextDocument, type MemoryTextDocument } from '../hosts/memory-text-document.ts'
import { startBench } from '../testing/bench.ts'
import { mountExperimentEditor } from './mount.tsx'

declare global {
  interface Window {
    sxText?: MemoryTextDocument
  }
}

const HEAD = 'apiVersion: secxops/v1\nkind: Experiment\n\n'
const TEXTS: Record<string, string> = {
  default: `# how the classifier is searched
${HEAD}module: ./train

inputs:
  data: {dataset: waf@3}

objective: {metric: f1, direction: maximize}

nni:
  searchSpace:
    lr: {_type: loguniform, _value: [0.0001, 0.1]}
    depth: {_type: quniform, _value: [2, 12, 1]}
  tuner: {name: TPE, classArgs: {seed: 3}}
  assessor: {name: Medianstop}
  trialConcurrency: 2
  maxTrialNumber: 20
`,
  automl: `${HEAD}automl:\n  train: {dataset: waf@3}\n  label: attack_type\n  presets: [medium_quality]\n  timeLimit: 10m\n`,
  nas: `${HEAD}objective: {direction: maximize}\n\nnas:\n  space: net.py:Net\n  evaluator: net.py:evaluate\n  strategy: p-darts\n`,
  broken: 'kind: [',
}

startBench(
  (element, fake, fixture) => {
    const document = createMemoryTextDocument('/project/waf.experiment.yaml', TEXTS[fixture] ?? '')
    window.sxText = document
    mountExperimentEditor(element, { host: fake.host, document })
  },
  () => ({
    routes: {
      'experiments.check': ({ body: { path, text = '' } }) => ({
        kind: 'hpo',
        ...(text.includes('automl') && { columns: ['length', 'signs', 'attack_type'] }),
        command: ['python3', 'train.py', '--lr', '0.0001'],
        install: { what: 'NNI 3.0 with its tuners', bytes: 620_000_000 },
        problems: text.includes('maxTrialNumber: 0')
          ? [
              {
                severity: 'error',
                code: 'bad-experiment',
                message: 'nni.maxTrialNumber: expected at least 1, found 0.',
                where: { path, field: 'nni.maxTrialNumber', line: 17, column: 19 },
              },
            ]
          : [],
      }),
      'experiments.list': () => [{ ...experimentSummary('waf', 'done', 20), path: '/project/waf.experiment.yaml' }],
      'experiments.start': () => experimentDetail('waf', 'preparing', 0),
      'library.list': () => [],
      'modules.resolve': ({ body }) => {
        if (body.ref !== './train') throw fakeError({ code: 'unknown-module', message: 'There is no such module.' })
        const inputs = { data: { type: 'dataset' }, start: { type: 'model', required: false } } as const
        const module = {
          apiVersion: 'secxops/v1',
          kind: 'Module',
          name: 'train',
          start: 'python3 train.py',
          inputs,
        } as const
        return { ref: body.ref, module, path: '/project/train', live: true }
      },
    },
  }),
)
