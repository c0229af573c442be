import type { Attempt, RunNode } from '@secxops/protocol/run'
import { expect, test } from 'vitest'
import { RunProgress } from './run-progress.ts'

const node = (id: string, state: RunNode['state'], phase?: Attempt['phase']): RunNode => ({
  id,
  state,
  module: './m',
  blockedBy: [],
  needs: [],
  stale: [],
  attempts:
    state === 'pending'
      ? []
      : [
          {
            number: 1,
            state: state === 'running' || state === 'failed' ? state : 'succeeded',
            phase,
            startedAt: '',
            duration: 100,
            exitCode: state === 'failed' ? 3 : undefined,
            argv: [],
            parameters: {},
            module: { ref: './m', name: 'm', digest: '' },
            inputs: {},
            outputs: {},
            signature: '',
          },
        ],
})

test('a reading that is older than the events before it tells nothing', () => {
  const lines: string[] = []
  const progress = new RunProgress((line) => lines.push(line))
  progress.show([node('a', 'running', 'copying')], 1, 1)
  progress.show([node('a', 'running', 'command')], 3, 1)
  progress.show([node('a', 'running', 'copying')], 2, 1)
  progress.show([node('a', 'succeeded')], 4, 1)
  expect(lines).toEqual(['  a: running, copying', '  a: running, command', '  a: succeeded in 0.1 s'])
})

test('of a thousand nodes it tells how far they are and which failed', () => {
  const lines: string[] = []
  const progress = new RunProgress((line) => lines.push(line))
  const ids = Array.from({ length: 1000 }, (_, i) => `n${i}`)
  progress.show(
    ids.map((id) => node(id, 'pending')),
    1,
    1000,
  )
  ids.forEach((id, i) => {
    progress.show([node(id, 'running', 'command')], 2 * i + 2, 1000)
    progress.show([node(id, id === 'n7' ? 'failed' : 'succeeded')], 2 * i + 3, 1000)
  })
  expect(lines).toHaveLength(21)
  expect(lines[0]).toBe('  n7: failed with exit code 3')
  expect(lines[1]).toBe('  50 of 1000 nodes ended: 49 succeeded, 1 failed, 950 pending')
  expect(lines.at(-1)).toBe('  1000 of 1000 nodes ended: 999 succeeded, 1 failed')
})
