import { expect, test } from 'vitest'
import { alignSeries, groupMetrics } from './series.ts'

const time = '2026-01-01T00:00:00Z'

test('one group a metric, one series a node; a second attempt is told apart', () => {
  const groups = groupMetrics([
    { nodeId: 'train', attempt: 1, metrics: [{ name: 'loss', value: 2, step: 0, time }] },
    {
      nodeId: 'train',
      attempt: 2,
      metrics: [
        { name: 'loss', value: 3, step: 1, time },
        { name: 'loss', value: 1, step: 0, time },
        { name: 'loss', value: 4, step: 1, time },
        { name: 'f1', value: 0.9, final: true, time },
      ],
    },
    {
      nodeId: 'other',
      attempt: 1,
      metrics: [
        { name: 'loss', value: Number.NaN, time },
        { name: 'loss', value: 7, time },
      ],
    },
  ])
  expect(groups).toEqual([
    {
      name: 'loss',
      series: [
        { label: 'train #1', steps: [0], values: [2] },
        { label: 'train #2', steps: [0, 1], values: [1, 4] },
        { label: 'other', steps: [0], values: [7] },
      ],
      finals: [],
    },
    { name: 'f1', series: [], finals: [{ label: 'train', value: 0.9 }] },
  ])
})

test('series of different steps share one axis', () => {
  expect(
    alignSeries([
      { label: 'a', steps: [0, 2], values: [1, 2] },
      { label: 'b', steps: [1], values: [3] },
    ]),
  ).toEqual({
    steps: [0, 1, 2],
    values: [
      [1, null, 2],
      [null, 3, null],
    ],
  })
})
