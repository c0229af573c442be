import { readFileSync } from 'node:fs'
import { parseModule } from '@secxops/protocol/module-document'
import { parseWorkflow } from '@secxops/protocol/workflow-document'
import { expect, test } from 'vitest'
import { schemaSuggestions } from './completions.ts'
import { cursorAt } from './cursor.ts'
import { hoverLines } from './hover.ts'
import { startSuggestions } from './module-suggestions.ts'
import { SchemaGuide } from './schema.ts'
import type { WorkflowKnowledge } from './workflow-knowledge.ts'
import { workflowSuggestions } from './workflow-suggestions.ts'

const schema = (kind: string): SchemaGuide =>
  new SchemaGuide(
    JSON.parse(readFileSync(new URL(`../../../../docs/schemas/${kind}.schema.json`, import.meta.url), 'utf8')),
  )
const workflowGuide = schema('workflow')
const moduleGuide = schema('module')

const HEAD = 'apiVersion: secxops/v1\nkind: Workflow\n'
const GOOD = `${HEAD}parameters:
  lr: {type: number, default: 0.1}
inputs:
  raw: {type: dataset}
nodes:
  clean: {module: ./clean, inputs: {data: {input: raw}}}
  train: {module: ./train}
`
const clean = moduleOf(`start: sh x $data $table
inputs: {data: {type: dataset}}
outputs: {table: {type: dataset, path: t.csv}, model: {type: model, path: m}}`)
const train = moduleOf(`start: python t.py $data $lr $mode
parameters:
  lr: {type: number, default: 0.1, description: learning rate}
  mode: {type: choice, choices: [fast, slow]}
inputs: {data: {type: dataset, description: what is learnt from}}`)

function moduleOf(text: string) {
  const { module, problems } = parseModule(`apiVersion: secxops/v1\nkind: Module\nname: m\n${text}\n`)
  if (!module) throw new Error(JSON.stringify(problems))
  return module
}

function knowledge(): WorkflowKnowledge {
  const { workflow } = parseWorkflow(GOOD)
  if (!workflow) throw new Error('not a workflow')
  return {
    workflow,
    modules: { clean, train },
    refs: [{ ref: './train', detail: 'train' }],
    artifacts: [
      { kind: 'dataset', ref: 'waf@3' },
      { kind: 'model', ref: 'net@1' },
    ],
  }
}

/** Labels offered where "|" stands. */
function offered(marked: string, known = knowledge()): string[] {
  const cursor = cursorAt(marked.replace('|', ''), marked.indexOf('|'))
  return cursor ? workflowSuggestions(known, cursor).map(({ label }) => label) : []
}

const shaped = (guide: SchemaGuide, marked: string): string[] => {
  const cursor = cursorAt(marked.replace('|', ''), marked.indexOf('|'))
  return cursor ? schemaSuggestions(guide, cursor).map(({ label }) => label) : []
}

const node = (rest: string): string => `${GOOD}  new:\n    module: ./train\n${rest}`

test('the schema knows the keys of every place, without those that are there', () => {
  expect(shaped(workflowGuide, `${HEAD}|`)).toEqual(expect.arrayContaining(['nodes', 'parameters', 'outputs']))
  expect(shaped(workflowGuide, `${HEAD}|`)).not.toContain('kind')
  expect(shaped(workflowGuide, node('    |'))).toEqual(expect.arrayContaining(['with', 'inputs', 'after', 'timeout']))
  expect(shaped(moduleGuide, 'outputs:\n  model: {|}')).toEqual(['type', 'path', 'required', 'description'])
})

test('the schema knows values that are listed', () => {
  expect(shaped(moduleGuide, 'outputs:\n  model: {type: |}')).toEqual(['dataset', 'model', 'code', 'file'])
  expect(shaped(moduleGuide, 'cache: |')).toEqual(['true', 'false'])
  expect(shaped(workflowGuide, 'kind: |')).toEqual(['Workflow'])
})

test('modules, parameters and ports are those of the library and the folder', () => {
  expect(offered(`${GOOD}  new:\n    module: |`)).toEqual(['./train'])
  const inTrain = GOOD.replace('train: {module: ./train}', 'train: {module: ./train, with: {lr: 1, |}}')
  expect(offered(inTrain)).toEqual(['mode'])
  expect(offered(GOOD.replace('./train}', './train, inputs: {|}}'))).toEqual(['data'])
})

test('values of a parameter are its choices and the parameters of the workflow', () => {
  expect(offered(GOOD.replace('./train}', './train, with: {mode: |}}'))).toEqual(['fast', 'slow', '{parameter: lr}'])
  expect(offered(GOOD.replace('./train}', './train, with: {mode: {parameter: |}}}'))).toEqual(['lr'])
})

test('a port is offered what fits its type, and never an output of its own node or of one that follows it', () => {
  const text = GOOD.replace('./train}', './train, inputs: {data: |}}')
  expect(offered(text)).toEqual(['clean.table', '{input: raw}', '{dataset: waf@3}'])
  expect(offered(GOOD.replace('./train}', './train, inputs: {data: {model: |}}}'))).toEqual(['net@1'])
  const known = knowledge()
  known.workflow.nodes.clean = { module: './clean', after: ['train'] }
  expect(offered(text, known)).toEqual(['{input: raw}', '{dataset: waf@3}'])
  expect(offered(GOOD.replace('./train}', './train, after: [|]}'), known)).toEqual([])
})

test('other nodes to wait for, and what outputs and inputs of the workflow may be', () => {
  expect(offered(GOOD.replace('./train}', './train, after: [|]}'))).toEqual(['clean'])
  expect(offered(`${GOOD}outputs:\n  best: {from: |}`)).toEqual(['clean.table', 'clean.model'])
  expect(offered(GOOD.replace('{type: dataset}', '{type: dataset, default: |}'))).toEqual(['waf@3'])
})

test('names behind a dollar in the start command', () => {
  const labels = startSuggestions(train, 'start: python t.py --lr $l').map(({ label }) => label)
  expect(labels).toEqual(['$lr', '$mode', '$data'])
  expect(startSuggestions(train, 'start: python t.py')).toEqual([])
})

test('the pointer on a parameter or port tells what the module says of it', () => {
  const lines = (path: string[], key: string): string[] =>
    hoverLines(workflowGuide, { path, key, siblings: [], word: '', from: 0, flow: false }, knowledge())
  expect(lines(['nodes', 'train', 'with'], 'lr')).toEqual(['lr: number = 0.1', 'learning rate'])
  expect(lines(['nodes', 'train', 'inputs'], 'data')[1]).toBe('what is learnt from')
  expect(lines(['nodes', 'train'], 'after')).toEqual([expect.stringContaining('must succeed first')])
})
