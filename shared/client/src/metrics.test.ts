import type { Metric } from '@secxops/protocol/run'
import { expect, test } from 'vitest'
import { lastValues } from './metrics.ts'

test('of a metric the final value counts, else the last', () => {
  const metric = (name: string, value: number, final?: boolean): Metric => ({ name, value, final, time: '' })
  const all = [metric('f1', 0.8, true), metric('f1', 0.1), metric('loss', 2), metric('loss', 1)]
  expect(lastValues(all)).toEqual({ f1: 0.8, loss: 1 })
})
