import { SecxopsError } from '@secxops/protocol/errors'
import { expect, test } from 'vitest'
import type { ModuleService } from '../services.ts'
import { checkText } from './check.ts'

/** Knows the module `./m`, with one input and one output. */
const modules: ModuleService = {
  async resolve(ref, base) {
    if (ref !== './m') throw new SecxopsError({ code: 'unknown-module', message: `There is no module at ${ref}.` })
    const inputs = { data: { type: 'dataset' as const } }
    const outputs = { out: { type: 'dataset' as const, path: 'out.csv' } }
    const module = {
      apiVersion: 'secxops/v1' as const,
      kind: 'Module' as const,
      name: 'm',
      start: 'm',
      inputs,
      outputs,
    }
    return { ref, path: base, live: true, module }
  },
  digest: async () => '',
  materialize: async () => '',
}

const check = async (text: string): Promise<string[]> => {
  const { problems } = await checkText(modules, '/w.workflow.yaml', `apiVersion: secxops/v1\nkind: Workflow\n${text}`)
  return problems.map(({ code, where }) => `${where?.line} ${code}`)
}

test('a field of the wrong kind does not hide a cycle or an unknown module elsewhere', async () => {
  const problems = await check(
    [
      'parameters: {lr: {type: number}}',
      'nodes:',
      '  a: {module: ./m, retries: many, inputs: {data: b.out}}',
      '  b: {module: ./m, inputs: {data: a.out}, whith: {lr: {parameter: lr}}}',
      '  c: {module: ./gone, inputs: {data: 7}}',
    ].join('\n'),
  )
  expect(problems.toSorted()).toEqual([
    '5 bad-workflow',
    '6 bad-workflow',
    '6 cycle',
    '7 bad-workflow',
    '7 unknown-module',
  ])
})

test('where a node or a section is wrong as a whole, nothing is guessed about the rest', async () => {
  expect(await check('nodes:\n  a: {inputs: {data: b.out}}\n  b: {module: ./gone}')).toEqual(['4 bad-workflow'])
  expect(await check('inputs: 3\nnodes:\n  b: {module: ./gone}')).toEqual(['3 bad-workflow'])
})
