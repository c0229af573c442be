import { expect, test } from 'vitest'
import { failedRun, node } from './fixtures.ts'
import { RunStore } from './run-store.ts'

test('an answer that events have overtaken still brings the text that the run holds now', () => {
  const store = new RunStore()
  const before = failedRun('old')
  store.replace(before)
  const continued = { ...before, state: 'running' as const, seq: 11, text: 'new' }
  const { parameters: _p, inputs: _i, nodes: _n, outputs: _o, text: _t, ...summary } = continued
  store.applySummary({ ...summary, seq: 13, state: 'succeeded' })
  store.applyNode('run-1', 13, node('train', 'succeeded'))
  store.replace(continued)
  expect(store.run()).toMatchObject({ text: 'new', state: 'succeeded', seq: 13 })
  expect(store.node('train')?.state).toBe('succeeded')
  // An older reading that comes late brings nothing back.
  store.replace(before)
  expect(store.run()?.text).toBe('new')
})
