import { expect, test } from 'vitest'
import { ownCause } from './error-body.ts'

test('a cause is told only where it stands nowhere else', () => {
  const message = 'Module train stopped with exit code 1: ValueError: eta0 must be > 0'
  const error = { code: 'bad-parameter' as const, message, cause: 'ValueError: eta0 must be > 0' }
  expect(ownCause(error)).toBeUndefined()
  expect(ownCause({ ...error, message: 'It stopped.' })).toBe(error.cause)
  expect(
    ownCause({ ...error, message: 'It stopped.' }, ['Traceback', 'ValueError:  eta0 must', 'be > 0']),
  ).toBeUndefined()
  expect(ownCause({ ...error, cause: undefined })).toBeUndefined()
})
