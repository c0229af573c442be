import { expect, test } from 'vitest'
import { endWith, Failures, verdictOf } from './verdict.ts'

const metric = 'f1'
const error = { code: 'command-failed' as const, message: 'it broke' }

test.each([
  ['a result and 0', { well: true }, { final: 0.5 }, 'succeeded'],
  [
    'a result before the wish to end reached it',
    { well: true },
    { final: 0.5, because: 'assessor' as const },
    'succeeded',
  ],
  [
    'a result, and ended by the assessor while it went',
    { well: false },
    { final: 0.5, because: 'assessor' as const },
    'succeeded',
  ],
  ['stopped by the assessor', { well: false }, { because: 'assessor' as const }, 'stopped-early'],
  ['too long', { well: false }, { because: 'limit' as const }, 'stopped-early'],
  ['stopped by the user', { well: false, error }, { because: 'user' as const }, 'cancelled'],
  ['ended well when asked, without a result', { well: true }, { because: 'user' as const }, 'cancelled'],
  ['a result, but not 0', { well: false, error }, { final: 0.5 }, 'failed'],
  ['no result', { well: true }, {}, 'failed'],
  ['a result that is no number', { well: true }, { final: Number.NaN }, 'failed'],
])('%s: %o', (_, end, facts, state) => {
  expect(verdictOf(end, { metric, ...facts }).state).toBe(state)
})

test('a search is given up when its first ten trials fail alike, not after one success', () => {
  const failures = new Failures()
  const told = Array.from({ length: 10 }, () => failures.count('failed', error))
  expect(told.slice(0, 9)).toEqual(Array(9).fill(undefined))
  expect(told[9]?.message).toBe('The first 10 trials failed alike: it broke')
  const other = new Failures()
  for (let i = 0; i < 5; i++) other.count('failed', error)
  other.count('succeeded', undefined)
  for (let i = 0; i < 50; i++) expect(other.count('failed', error)).toBeUndefined()
  const mixed = new Failures()
  for (let i = 0; i < 50; i++) expect(mixed.count('failed', { ...error, message: String(i % 2) })).toBeUndefined()
})

test('a search without one result has failed, whatever ended it', () => {
  const trial = (number: number, state: 'failed' | 'succeeded' | 'cancelled') => ({
    number,
    state,
    source: 'tuner' as const,
    parameters: {},
    reports: 0,
    ...(state === 'failed' ? { error } : {}),
  })
  const done = { state: 'done' as const, detail: 'the limit of trials was reached' }
  expect(endWith(done, [trial(1, 'failed'), trial(2, 'failed')])).toEqual({
    state: 'failed',
    error: { ...error, message: 'No trial has a result: all 2 trials failed. Trial 2: it broke' },
  })
  expect(endWith(done, [trial(1, 'failed'), trial(2, 'succeeded')])).toBe(done)
  expect(endWith(done, [trial(1, 'cancelled')])).toBe(done)
  const stopped = { state: 'stopped' as const }
  expect(endWith(stopped, [trial(1, 'failed')])).toBe(stopped)
})
