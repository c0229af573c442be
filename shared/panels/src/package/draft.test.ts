import type { ModuleFile } from '@secxops/protocol/module'
import { describe, expect, test } from 'vitest'
import { type Draft, editDraft, freeName, renameInStart } from './draft.ts'

const module: ModuleFile = {
  apiVersion: 'secxops/v1',
  kind: 'Module',
  name: 'train',
  start: `python3 train.py --lr $lr --lrs $lrs --in \${data}`,
  parameters: { lr: { type: 'number', default: 0.1 }, lrs: { type: 'string' } },
  inputs: { data: { type: 'dataset' } },
}
const draft: Draft = { path: '/p/train.py', module, requirements: '', touched: false }

describe('module draft', () => {
  test('a rename keeps the place and follows into the start command', () => {
    const next = editDraft(draft, { type: 'rename', section: 'parameters', name: 'lr', to: 'rate' }).module
    expect(Object.keys(next.parameters ?? {})).toEqual(['rate', 'lrs'])
    expect(next.start).toBe(`python3 train.py --lr $rate --lrs $lrs --in \${data}`)
  })

  test('a name that is taken or unlawful changes nothing', () => {
    for (const to of ['data', '1x', ''])
      expect(editDraft(draft, { type: 'rename', section: 'parameters', name: 'lr', to }).module).toBe(module)
  })

  test('emptied fields leave the file, an empty default stays', () => {
    const step = editDraft(draft, { type: 'resource', field: 'memory', value: '1Gi' })
    expect(step.module.resources).toEqual({ memory: '1Gi' })
    expect(editDraft(step, { type: 'resource', field: 'memory', value: undefined }).module.resources).toBeUndefined()
    const set = editDraft(draft, {
      type: 'set',
      section: 'parameters',
      name: 'lrs',
      value: { type: 'string', default: '' },
    })
    expect(set.module.parameters?.lrs).toEqual({ type: 'string', default: '' })
    expect(editDraft(draft, { type: 'remove', section: 'inputs', name: 'data' }).module.inputs).toBeUndefined()
  })

  test('free names count up', () => {
    expect(freeName(module, 'data')).toBe('data2')
    expect(freeName(module, 'out')).toBe('out')
  })
})

test('only whole references are renamed', () => {
  expect(renameInStart(`$a $ab \${a} \${a?--a} $$a`, 'a', 'z')).toBe(`$z $ab \${z} \${z?--a} $$a`)
})
