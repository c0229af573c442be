import { expect, test } from 'vitest'
import { levelOf } from './level.ts'

test.each([
  '2026-11-22 10:00:00 ERROR could not read',
  '[ERROR] x',
  'error: no such file',
  "ModuleNotFoundError: No module named 'xgboost'",
  'sklearn.exceptions.NotFittedError: call fit',
  'KeyboardInterrupt',
  'Traceback (most recent call last):',
  'sh: 1: foo: command not found',
])('is an error: %s', (line) => expect(levelOf(line)).toBe('error'))

test.each(['WARNING:root:x', 'warning: unused', '/a/b.py:3: UserWarning: old'])('is a warning: %s', (line) =>
  expect(levelOf(line)).toBe('warning'),
)

test.each(['0 errors', 'error_rate=0.1', 'epoch 3 loss 0.2', 'no ERRORS', 'TERROR', ''])('is neither: %s', (line) =>
  expect(levelOf(line)).toBeUndefined(),
)
