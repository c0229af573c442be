import type { Attempt } from '@secxops/protocol/run'
import { expect, test } from 'vitest'
import { describeRun } from './describe-run.ts'
import type { MeasuredNode, MeasuredRun } from './with-metrics.ts'

const attempt = (number: number, more: Partial<Attempt>): Attempt => ({
  number,
  state: 'succeeded',
  startedAt: '2026-01-01T00:00:00Z',
  argv: [],
  parameters: {},
  module: { ref: './train', name: 'train', digest: '' },
  inputs: {},
  outputs: {},
  signature: '',
  ...more,
})

const RUN: Omit<MeasuredRun, 'nodes'> = {
  id: 'r',
  workflow: 'w',
  path: '/w.workflow.yaml',
  state: 'succeeded',
  target: 'local',
  createdAt: '2026-01-01T00:00:00Z',
  counts: { pending: 0, ready: 0, running: 0, succeeded: 1, failed: 0, cancelled: 0, blocked: 0 },
  seq: 1,
  parameters: {},
  inputs: {},
  outputs: {},
  text: '',
}

test('every attempt has a row with its exit and cause; metrics and sizes stand below', () => {
  const error = { code: 'bad-parameter' as const, message: 'Module train stopped', cause: "The 'eta0' parameter\nmore" }
  const content = { type: 'model' as const, digest: '', size: 1536, files: 1, path: '/out' }
  const text = describeRun({
    ...RUN,
    nodes: [
      {
        id: 'train',
        state: 'succeeded',
        module: './train',
        blockedBy: [],
        needs: [],
        stale: [],
        metrics: { f1: 0.123456789 },
        attempts: [
          attempt(1, { state: 'failed', exitCode: 1, error }),
          attempt(2, { exitCode: 0, outputs: { model: content } }),
        ],
      },
    ],
  })
  expect(text).toMatch(/^train +succeeded +2 +0$/m)
  expect(text).toMatch(/^ {2}attempt 1 +failed +1 +The 'eta0' parameter$/m)
  expect(text).toMatch(/^ {2}attempt 2 +succeeded +0$/m)
  expect(text).toContain('train f1 0.123457')
  expect(text).toContain('train.model -> /out (1.5 KiB)')
})

test('a run of a thousand nodes is counted; what failed stands first, and nothing fills the terminal', () => {
  const node = (i: number): MeasuredNode => ({
    id: `n${i}`,
    state: i === 900 ? 'failed' : i > 900 ? 'blocked' : 'succeeded',
    module: './m',
    blockedBy: i > 900 ? ['n900'] : [],
    needs: [],
    stale: [],
    metrics: { loss: i },
    attempts: i > 900 ? [] : [attempt(1, i === 900 ? { state: 'failed', exitCode: 3 } : {})],
  })
  const lines = describeRun({ ...RUN, nodes: Array.from({ length: 1000 }, (_, i) => node(i)) }).split('\n')
  expect(lines.length).toBeLessThan(100)
  expect(lines[1]).toBe('1000 nodes: 900 succeeded, 1 failed, 99 blocked')
  expect(lines[3]).toMatch(/^n900 +failed +1 +3$/)
  expect(lines).toContain('and 60 more')
  expect(lines).toContain('  and 960 more; --json has them all')
})
