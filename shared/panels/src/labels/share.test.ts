import { expect, test } from 'vitest'
import { formatShare } from './share.ts'

test('nearly sure is not shown as sure, nor nearly nothing as nothing', () => {
  expect([0, 0.004, 0.5, 0.994, 0.9951, 1].map(formatShare)).toEqual(['0%', '<1%', '50%', '99%', '>99%', '100%'])
})
