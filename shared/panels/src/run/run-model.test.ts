import type { Attempt, Run, RunNode } from '@secxops/protocol/run'
import { expect, test } from 'vitest'
import { applyEvent, canContinue, firstInterest, runElapsed, shellLine, timeline } from './run-model.ts'

const attempt = (number: number, startedAt: string, duration: number, extra: Partial<Attempt> = {}): Attempt => ({
  number,
  state: 'succeeded',
  startedAt,
  duration,
  argv: [],
  parameters: {},
  module: { ref: './m', name: 'm', digest: 'sha256:0' },
  inputs: {},
  outputs: {},
  signature: 's',
  ...extra,
})
const node = (id: string, state: RunNode['state'], attempts: Attempt[] = []): RunNode => ({
  id,
  state,
  module: './m',
  blockedBy: [],
  needs: [],
  attempts,
  stale: [],
})
const run: Run = {
  id: 'r',
  workflow: 'waf',
  path: '/w/waf.workflow.yaml',
  state: 'failed',
  target: 'This machine',
  createdAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:10.000Z',
  counts: { pending: 0, ready: 0, running: 0, succeeded: 1, failed: 1, cancelled: 0, blocked: 0 },
  seq: 5,
  parameters: {},
  inputs: {},
  nodes: [
    node('prepare', 'succeeded', [attempt(1, '2026-01-01T00:00:00.000Z', 5000)]),
    node('train', 'failed', [attempt(1, '2026-01-01T00:00:05.000Z', 5000, { state: 'failed' })]),
  ],
  outputs: {},
  text: '',
}

test('events change the node they name; older ones and those of other runs change nothing', () => {
  const next = applyEvent(run, { type: 'node', runId: 'r', seq: 6, node: node('train', 'running') })
  expect(next.nodes[1]?.state).toBe('running')
  expect(next.seq).toBe(6)
  expect(applyEvent(next, { type: 'node', runId: 'r', seq: 5, node: node('train', 'failed') })).toBe(next)
  expect(applyEvent(run, { type: 'node', runId: 'other', seq: 9, node: node('train', 'running') })).toBe(run)
  const { nodes: _nodes, text: _text, ...summary } = run
  expect(applyEvent(run, { type: 'run', run: { ...summary, state: 'running', seq: 7 } }).nodes).toBe(run.nodes)
})

test('bars share one time axis', () => {
  const { rows, span } = timeline(run, Date.parse('2026-01-01T01:00:00Z'))
  expect(span).toBe(10_000)
  expect(rows.map((row) => row.bars.map((bar) => [bar.left, bar.width]))).toEqual([[[0, 0.5]], [[0.5, 0.5]]])
})

test('the failed node is what one wants to see, and it can be continued', () => {
  expect(firstInterest(run)).toBe('train')
  expect(canContinue(run)).toBe(true)
  expect(canContinue({ ...run, nodes: [node('a', 'succeeded')] })).toBe(false)
})

test('a command line can be pasted into a shell', () => {
  expect(shellLine(['python3', 'a b.py', "it's", '', '--lr=0.1'])).toBe("python3 'a b.py' 'it'\\''s' '' --lr=0.1")
})

test('the time of a continued run goes on from the work before, without the pause', () => {
  const ended = { state: 'failed' as const, createdAt: run.createdAt, endedAt: run.endedAt, duration: 10_000 }
  const going = { ...ended, state: 'running' as const, endedAt: undefined, continuedAt: '2026-01-01T01:00:00.000Z' }
  const later = Date.parse('2026-01-01T01:00:04.000Z')
  expect(runElapsed(ended, later)).toBe(10_000)
  expect(runElapsed(going, later)).toBe(14_000)
  expect(runElapsed({ ...going, continuedAt: undefined, duration: undefined }, Date.parse(run.createdAt) + 7)).toBe(7)
})
