import { expect, test } from 'vitest'
import { runTitle } from './run-title.ts'

const at = (day: number, hour: number, minute: number): Date => new Date(2026, 2, day, hour, minute)

test('a run is named by its workflow and its time, an older one by its day too', () => {
  const run = { workflow: 'phishing', createdAt: at(9, 7, 4).toISOString() }
  expect(runTitle(run, at(9, 23, 0).getTime())).toBe('phishing · 07:04')
  expect(runTitle(run, at(10, 7, 4).getTime())).toBe('phishing · 03-09 07:04')
})
