import type { RunSummary } from '@secxops/protocol/run'
import { expect, test } from 'vitest'
import { filterRows, staleAfter, withRun, workflowGroups } from './model.ts'
import { typeAhead } from './type-ahead.ts'

const run = (
  id: string,
  path: string,
  createdAt: string,
  state: RunSummary['state'] = 'succeeded',
  seq = 1,
): RunSummary => ({
  id,
  workflow: path.replace(/.*\//, '').replace('.workflow.yaml', ''),
  path,
  state,
  target: 'This machine',
  createdAt,
  counts: { pending: 0, ready: 0, running: 0, succeeded: 1, failed: 0, cancelled: 0, blocked: 0 },
  seq,
})

test('runs stand below their workflow, the newest first; workflows without a run come last', () => {
  const groups = workflowGroups(
    [
      run('1', '/w/a.workflow.yaml', '2026-01-01'),
      run('2', '/w/a.workflow.yaml', '2026-01-03', 'running'),
      run('3', '/w/b.workflow.yaml', '2026-01-02'),
    ],
    [
      { path: '/w/z.workflow.yaml', name: 'z' },
      { path: '/w/b.workflow.yaml', name: 'b' },
    ],
  )
  expect(groups.map((group) => [group.name, group.active, group.runs.map((one) => one.id)])).toEqual([
    ['a', 1, ['2', '1']],
    ['b', 0, ['3']],
    ['z', 0, []],
  ])
})

test('a workflow of which only runs are left is gone, one that is listed is there', () => {
  const lost = { ...run('1', '/w/old.workflow.yaml', '2026-01-01'), gone: true }
  const back = { ...run('2', '/w/back.workflow.yaml', '2026-01-02'), gone: true }
  const groups = workflowGroups(
    [back, lost, run('3', '/elsewhere/far.workflow.yaml', '2026-01-03')],
    [{ path: '/w/back.workflow.yaml', name: 'back' }],
  )
  expect(groups.map(({ name, gone }) => [name, gone])).toEqual([
    ['far', false],
    ['back', false],
    ['old', true],
  ])
})

test('older news of a run is dropped', () => {
  const now = [run('1', '/w/a.workflow.yaml', '2026-01-01', 'succeeded', 9)]
  expect(withRun(now, run('1', '/w/a.workflow.yaml', '2026-01-01', 'running', 8))).toBe(now)
  expect(withRun(now, run('1', '/w/a.workflow.yaml', '2026-01-01', 'failed', 10))[0]?.state).toBe('failed')
  expect(withRun(now, run('2', '/w/a.workflow.yaml', '2026-01-02'))).toHaveLength(2)
})

test('an event says which list to read again', () => {
  expect(staleAfter({ type: 'library', kind: 'model', name: 'm', version: 1 })).toBe('models')
  expect(staleAfter({ type: 'module', name: 'm', version: '1.0.0' })).toBe('modules')
  expect(staleAfter({ type: 'library', kind: 'code', name: 'm', version: 1 })).toBeUndefined()
})

test('every word of a filter must be in the name', () => {
  expect(filterRows(['train-waf', 'train-dns', 'prepare-waf'], 'waf TR', (name) => name)).toEqual(['train-waf'])
})

test('type-ahead jumps to the next row and walks through equal first letters', () => {
  const labels = ['prepare', 'train', 'test', 'evaluate']
  expect(typeAhead(labels, 0, 't')).toBe(1)
  expect(typeAhead(labels, 1, 't')).toBe(2)
  expect(typeAhead(labels, 2, 'tt')).toBe(1)
  expect(typeAhead(labels, 1, 'te')).toBe(2)
  expect(typeAhead(labels, 0, 'x')).toBe(-1)
})
