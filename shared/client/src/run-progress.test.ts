import { expect, test } from 'vitest'
import { progress } from './run-progress.ts'

test('a node that failed or was cancelled has ended as well', () => {
  const counts = { pending: 1, ready: 0, running: 1, succeeded: 2, failed: 1, cancelled: 1, blocked: 1 }
  expect(progress({ counts })).toEqual({ done: 4, all: 7 })
})
