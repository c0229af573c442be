import { describe, expect, it } from 'vitest'
import { type CheckOptions, checkWorkflow } from './check-workflow.ts'
import type { ModuleFile } from './module.ts'
import type { WorkflowFile } from './workflow.ts'
import { parseWorkflow } from './workflow-document.ts'

const module = (more: Partial<ModuleFile>): ModuleFile => ({
  apiVersion: 'secxops/v1',
  kind: 'Module',
  name: 'm',
  start: 'x',
  ...more,
})
const modules: Record<string, ModuleFile> = {
  prepare: module({
    name: 'prepare',
    start: 'x $share',
    parameters: { share: { type: 'number', minimum: 0, maximum: 1, default: 0.2 } },
    inputs: { raw: { type: 'dataset', path: 'raw.csv' } },
    outputs: { features: { type: 'dataset', path: 'f' }, report: { type: 'file', path: 'r' } },
  }),
  train: module({
    name: 'train',
    start: 'x $lr $key $opt',
    parameters: {
      lr: { type: 'number', minimum: 0 },
      key: { type: 'secret', required: false },
      opt: { type: 'choice', choices: ['adam', 'sgd'], default: 'adam' },
    },
    inputs: { data: { type: 'dataset', path: 'd' }, extra: { type: 'file', path: 'e', required: false } },
    outputs: { model: { type: 'model', path: 'm' } },
  }),
}
const text = `apiVersion: secxops/v1
kind: Workflow
parameters: {lr: {type: number, default: 0.1}}
inputs: {raw: {type: dataset, default: waf@3}}
nodes:
  prepare: {module: ./prepare, inputs: {raw: {input: raw}}}
  train: {module: ./train, with: {lr: {parameter: lr}}, inputs: {data: prepare.features}}
outputs: {model: {from: train.model, saveAs: waf-model}}
`

function check(source: string, options: CheckOptions = {}, known = modules): string[] {
  const { workflow, problems } = parseWorkflow(source)
  if (!workflow) throw new Error(problems[0]?.message)
  return checkWorkflow(workflow, known, { ...options, text: source }).map(
    ({ severity, code, message, where }) =>
      `${where?.line}:${where?.column} ${severity} ${code} ${where?.field} ${message}`,
  )
}

it('has nothing to say about a good workflow, as a file and as a run', () => {
  expect(check(text)).toEqual([])
  expect(
    check(text, { run: { parameters: { lr: 0.2 }, set: { train: { opt: 'sgd' } }, inputs: { raw: '/x.csv' } } }),
  ).toEqual([])
})

describe('finds in the file', () => {
  it.each([
    [
      'with: {lr: {parameter: lr}}, ',
      '',
      'missing-parameter nodes.train.with.lr train needs a value for lr: a number of at least 0.',
    ],
    [
      'lr: {parameter: lr}}',
      'lr: -1}',
      '7:35 error bad-parameter nodes.train.with.lr train.lr: Expected a number of at least 0, found -1.',
    ],
    [
      'lr: {parameter: lr}}',
      'lr: 1, rl: 2}',
      'unknown-parameter nodes.train.with.rl train has no parameter rl. Did you mean "lr"?',
    ],
    [
      'lr: {parameter: lr}}',
      'lr: 1, opt: adm}',
      'train.opt: Expected one of adam, sgd, found "adm". Did you mean "adam"?',
    ],
    [
      'lr: {parameter: lr}}',
      'lr: 1, key: abc}',
      'warning bad-parameter nodes.train.with.key train.key is a secret that stands readable',
    ],
    [
      '{parameter: lr}',
      '{parameter: lrr}',
      'unknown-parameter nodes.train.with.lr train.lr: The workflow has no parameter lrr. Did you mean "lr"?',
    ],
    [
      'default: 0.1',
      'default: -2',
      'The value of the workflow parameter lr does not fit. Expected a number of at least 0, found -2.',
    ],
    [
      '{type: number, default: 0.1}',
      '{type: boolean}',
      'Expected a number of at least 0; the workflow parameter lr is boolean.',
    ],
    ['{type: number, default: 0.1}', '{type: number, required: false}', 'The workflow parameter lr may stay unset'],
    [
      '{type: number, default: 0.1}',
      '{type: number, default: x}',
      'bad-parameter parameters.lr.default Default of lr: Expected a number, found "x".',
    ],
    [
      ', inputs: {data: prepare.features}',
      '',
      'missing-input nodes.train.inputs.data train.data has no source. Connect an output of type dataset',
    ],
    [
      'data: prepare.features',
      'data: prepare.featurs',
      '7:66 error unknown-port nodes.train.inputs.data prepare has no output featurs. Did you mean "features"?',
    ],
    [
      'data: prepare.features',
      'data: prepar.features',
      'unknown-node nodes.train.inputs.data There is no node prepar. Did you mean "prepare"?',
    ],
    [
      'data: prepare.features',
      'data: train.model',
      'port-type nodes.train.inputs.data train.data takes a dataset; train.model is a model.',
    ],
    [
      'data: prepare.features',
      'data: train.model',
      'cycle nodes.train.inputs.data These nodes wait for each other: train → train.',
    ],
    [
      'data: prepare.features',
      'data: prepare.features, dta: {file: x}',
      'unknown-port nodes.train.inputs.dta train has no input dta. Did you mean "data"?',
    ],
    [
      '{input: raw}',
      '{input: rwa}',
      'missing-input nodes.prepare.inputs.raw The workflow has no input rwa. Did you mean "raw"?',
    ],
    ['{input: raw}', '{file: x.csv}', '4:10 warning unused-input inputs.raw No node uses the input raw'],
    ['{parameter: lr}', '1', '3:14 warning unused-parameter parameters.lr No node uses the parameter lr'],
    [
      './prepare,',
      './prepare, after: [train],',
      'cycle nodes.train.inputs.data These nodes wait for each other: prepare → train → prepare.',
    ],
    [
      './prepare,',
      './prepare, after: [trian],',
      'unknown-node nodes.prepare.after prepare waits for trian, which is not a node. Did you mean "train"?',
    ],
    [
      'from: train.model',
      'from: train.modl',
      '8:19 error unknown-port outputs.model.from Output model: train has no output modl.',
    ],
    [
      'from: train.model',
      'from: prepare.report',
      'warning port-type outputs.model.saveAs Output model: prepare.report is a file',
    ],
  ])('%s → %s', (from, to, words) => {
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    expect(check(changed).join('\n')).toContain(words)
  })

  it('a typo in the start command of a module, at the node that uses it', () => {
    const train = { ...(modules.train as ModuleFile), start: 'x $lr $key $opt $modle' }
    expect(check(text, {}, { ...modules, train }).join('\n')).toContain(
      '7:11 error unknown-parameter nodes.train.module Module train: $modle in the start command is not a parameter, input or output of this module. Did you mean $model?',
    )
  })

  it('as much as possible when a module is unknown', () => {
    const { prepare } = modules
    expect(check(text.replace('prepare.features', 'prepare.x'), {}, { prepare: prepare as ModuleFile })).toHaveLength(1)
  })
})

describe('finds for a run', () => {
  const bare = text.replace(', default: 0.1', '').replace(', default: waf@3', '')
  it.each<[string, CheckOptions['run'], string]>([
    ['no value', {}, 'missing-parameter parameters.lr Parameter lr of the workflow: A value is needed.'],
    ['no input', {}, 'missing-input inputs.raw Input raw needs a dataset: give NAME@VERSION or a path.'],
    [
      'a bad value',
      { parameters: { lr: 'x' } },
      'bad-parameter parameters.lr Parameter lr of the workflow: Expected a number, found "x".',
    ],
    [
      'a value that does not fit the module',
      { parameters: { lr: -1 } },
      'bad-parameter nodes.train.with.lr train.lr: The value of the workflow parameter lr does not fit.',
    ],
    [
      'an unknown parameter',
      { parameters: { rl: 1 } },
      'unknown-parameter parameters The workflow has no parameter rl. Did you mean "lr"?',
    ],
    [
      'an unknown input',
      { inputs: { rwa: 'x' } },
      'missing-input inputs The workflow has no input rwa. Did you mean "raw"?',
    ],
    [
      'an unknown node',
      { set: { trian: { lr: 1 } } },
      'unknown-node nodes There is no node trian. Did you mean "train"?',
    ],
    ['an unknown parameter of a node', { set: { train: { lrr: 1 } } }, 'unknown-parameter nodes.train.with.lrr'],
    [
      'a bad value of a node',
      { set: { train: { lr: -5 } } },
      'bad-parameter nodes.train.with.lr train.lr: Expected a number of at least 0, found -5.',
    ],
  ])('%s', (_, run, words) => {
    expect(check(bare, { run }).join('\n')).toContain(words)
    expect(check(bare)).toEqual([])
  })
})

it('a workflow of 1,000 nodes with a cycle at its end names the cycle only', () => {
  const nodes: WorkflowFile['nodes'] = {}
  for (let i = 0; i < 1000; i++) nodes[`n${i}`] = { module: './m', after: i > 0 ? [`n${i - 1}`] : [] }
  nodes.n998 = { module: './m', after: ['n997', 'n999'] }
  const problems = checkWorkflow({ apiVersion: 'secxops/v1', kind: 'Workflow', nodes }, {})
  expect(problems.map(({ message }) => message)).toEqual([
    'These nodes wait for each other: n998 → n999 → n998. Remove one of the connections.',
  ])
})
