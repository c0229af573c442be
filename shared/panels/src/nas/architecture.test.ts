import { expect, it } from 'vitest'
import { alphaTable } from './alpha-table.ts'
import { readArchitecture } from './architecture.ts'
import { layoutCell } from './cell-layout.ts'

const CHOICES = {
  'normal/op_2_0': 'sep_conv_3x3',
  'normal/input_2_0': [0],
  'normal/op_2_1': 'skip_connect',
  'normal/input_2_1': [1],
  'normal/op_3_0': 'dil_conv_5x5',
  'normal/input_3_0': [2],
  width: 32,
  layer_0: 'conv_3',
}

it('cells are read by their labels, whatever else there is stands alone', () => {
  expect(readArchitecture(CHOICES)).toEqual({
    cells: [
      {
        name: 'normal',
        inputs: 2,
        nodes: [
          {
            number: 2,
            takes: [
              { operation: 'sep_conv_3x3', from: 0 },
              { operation: 'skip_connect', from: 1 },
            ],
          },
          { number: 3, takes: [{ operation: 'dil_conv_5x5', from: 2 }] },
        ],
      },
    ],
    plain: [
      { label: 'width', value: '32' },
      { label: 'layer_0', value: 'conv_3' },
    ],
  })
})

it('a source that is not told, or that cannot be, is the state before', () => {
  const { cells } = readArchitecture({ op_1_0: 'conv', op_2_0: 'pool', input_2_0: [7] })
  expect(cells[0]?.nodes.map(({ takes }) => takes[0]?.from)).toEqual([0, 1])
})

it('every box stands right of what it takes, and no two overlap', () => {
  const [cell] = readArchitecture(CHOICES).cells
  const { boxes, lines, width, height } = layoutCell(cell ?? { name: '', inputs: 0, nodes: [] })
  for (const { from, to } of lines) expect(to.x).toBeGreaterThan(from.x)
  for (const a of boxes)
    for (const b of boxes) if (a !== b && a.x === b.x) expect(a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
  for (const { x, y, height: own } of boxes) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(x).toBeLessThan(width)
    expect(y + own).toBeLessThanOrEqual(height)
  }
})

it('weights stand by epoch, also of candidates that were dropped, and the heaviest of the newest epoch is ahead', () => {
  const choice = (weights: Record<string, number>) => ({
    label: 'layer',
    candidates: Object.keys(weights),
    weights: Object.values(weights),
  })
  const table = alphaTable([
    { kind: 'alpha', epoch: 1, stage: 2, choices: [choice({ conv: 0.6, pool: 0.4 })] },
    { kind: 'alpha', epoch: 0, stage: 1, choices: [choice({ conv: 0.3, pool: 0.3, skip: 0.4 })] },
    { kind: 'alpha', epoch: 1, stage: 2, choices: [choice({ conv: 0.2, pool: 0.8 })] },
  ])
  expect(table).toEqual({
    epochs: [0, 1],
    stages: [1, 2],
    most: 0.8,
    choices: [
      {
        label: 'layer',
        candidates: [
          { name: 'conv', weights: [0.3, 0.2], ahead: false },
          { name: 'pool', weights: [0.3, 0.8], ahead: true },
          { name: 'skip', weights: [0.4, undefined], ahead: false },
        ],
      },
    ],
  })
})
