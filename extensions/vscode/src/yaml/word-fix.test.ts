import { checkWorkflow } from '@secxops/protocol/check-workflow'
import type { ModuleFile } from '@secxops/protocol/module'
import { parseModule } from '@secxops/protocol/module-document'
import { parseWorkflow } from '@secxops/protocol/workflow-document'
import { expect, test } from 'vitest'
import { wordFix } from './word-fix.ts'

const prepare: ModuleFile = {
  apiVersion: 'secxops/v1',
  kind: 'Module',
  name: 'prepare',
  start: 'python3 a.py $share',
  parameters: { share: { type: 'number', default: 0.1 } },
  outputs: { train: { type: 'dataset', path: 'train.csv' } },
}
const train: ModuleFile = { ...prepare, name: 'train', inputs: { data: { type: 'dataset', path: 'data' } } }

/** A text after the fixes of all its problems. */
function mended(text: string): string {
  const parsed = parseWorkflow(text)
  const problems = parsed.workflow
    ? checkWorkflow(parsed.workflow, { prepare, train }, { text })
    : [...parsed.problems, ...parseModule(text).problems]
  const lines = text.split('\n')
  for (const { message, where } of problems) {
    const fix = wordFix(lines, (where?.line ?? 1) - 1, (where?.column ?? 1) - 1, message)
    const old = lines[fix?.line ?? 0] ?? ''
    if (fix) lines[fix.line] = old.slice(0, fix.from) + fix.insert + old.slice(fix.to)
  }
  return lines.join('\n')
}

const NODES = 'apiVersion: secxops/v1\nkind: Workflow\nnodes:\n  prepare:\n    module: ./prepare\n'

test.each([
  ['a parameter', '    with:\n      shrae: 0.2\n', '    with:\n      share: 0.2\n'],
  ['a key', '    wiht:\n      share: 0.2\n', '    with:\n      share: 0.2\n'],
])('%s that is near to a known one is mended', (_, wrong, right) => {
  expect(mended(NODES + wrong)).toBe(NODES + right)
})

test.each([
  ['an output', 'prepare.trian', 'prepare.train'],
  ['a node', 'prepaer.train', 'prepare.train'],
])('%s in a source is mended, also behind a right word that is more alike', (_, wrong, right) => {
  const source = (from: string): string => `${NODES}  train:\n    module: ./train\n    inputs: {data: ${from}}\n`
  expect(mended(source(wrong))).toBe(source(right))
})

test('a node that another waits for is mended in a list', () => {
  const list = (name: string): string =>
    `${NODES}  train:\n    module: ./train\n    inputs: {data: prepare.train}\n    after:\n      - ${name}\n`
  expect(mended(list('prepaer'))).toBe(list('prepare'))
})

test('a name in the start command is mended, its dollar sign stays', () => {
  const text = (name: string): string =>
    `apiVersion: secxops/v1\nkind: Module\nname: a\nstart: python3 a.py --rate $${name}\nparameters:\n  learning_rate:\n    type: number\n    default: 1\n`
  expect(mended(text('learning_raet'))).toBe(text('learning_rate'))
})

test('nothing is offered where the wrong word is not in sight', () => {
  expect(wordFix(['nodes:', '  a: {}'], 1, 2, 'x has no output y. Did you mean "metrics"?')).toBeUndefined()
  expect(wordFix(['nodes:'], 0, 0, 'Something is wrong.')).toBeUndefined()
})
