import { describe, expect, it } from 'vitest'
import { isMap } from '../json.ts'
import { checkSpaceValue } from './check-space.ts'
import { drawSpace } from './draw.ts'
import { gridSize } from './grid-size.ts'
import { histogramOf } from './histogram.ts'
import type { SpaceEntry } from './space.ts'

const entries = (space: object): SpaceEntry[] => checkSpaceValue(space as never).entries
const x = (type: string, value: unknown): SpaceEntry[] => entries({ x: { _type: type, _value: value } })
const numbers = (type: string, value: number[], count = 4000): number[] =>
  drawSpace(x(type, value), count, 7).map((set) => set.x as number)
const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN

describe('draws', () => {
  it.each([
    ['randint', [2, 6], [2, 3, 4, 5]],
    ['quniform', [0, 10, 5], [0, 5, 10]],
    ['quniform', [1, 11, 4], [1, 4, 8, 11]],
    ['quniform', [2, 10, 4], [4, 8]],
    ['qloguniform', [1, 4, 1], [1, 2, 3, 4]],
  ])('%s %j gives exactly %j', (type, value, expected) => {
    expect([...new Set(numbers(type, value))].sort((a, b) => a - b)).toEqual(expected)
  })
  it.each([
    ['uniform', [2, 4], 3],
    ['loguniform', [0.01, 1], 0.1],
    ['normal', [5, 1], 5],
    ['lognormal', [0, 1], 1],
    ['qnormal', [5, 2, 5], 5],
  ])('half of the numbers of %s %j are below %d', (type, value, middle) => {
    expect(median(numbers(type, value)) / middle).toBeCloseTo(1, 0.8)
  })
  it('branches have the parameters of the one that is chosen only', () => {
    const space = entries({
      net: {
        _type: 'choice',
        _value: [{ _name: 'conv', k: { _type: 'choice', _value: [3, 5] } }, { _name: 'none' }],
      },
    })
    const kinds = new Set(drawSpace(space, 100).map(({ net }) => (isMap(net) ? Object.keys(net).join() : '')))
    expect([...kinds].sort()).toEqual(['_name', '_name,k'])
  })
  it('are the same for the same seed', () => {
    const space = x('normal', [0, 1])
    expect(drawSpace(space, 5, 3)).toEqual(drawSpace(space, 5, 3))
    expect(drawSpace(space, 5, 3)).not.toEqual(drawSpace(space, 5, 4))
  })
})

describe('grid size', () => {
  it.each([
    [{ a: { _type: 'choice', _value: [1, 2, 3] }, b: { _type: 'randint', _value: [0, 4] } }, 12, []],
    [{ a: { _type: 'quniform', _value: [1, 11, 4] } }, 4, []],
    [{ a: { _type: 'quniform', _value: [2, 10, 4] } }, 2, []],
    [{ a: { _type: 'uniform', _value: [0, 1] }, b: { _type: 'choice', _value: [1, 2] } }, 2, ['a']],
    [{ a: { _type: 'qnormal', _value: [0, 1, 1] } }, 1, ['a']],
    [
      {
        c: {
          _type: 'choice',
          _value: [
            { _name: 'p', k: { _type: 'randint', _value: [0, 3] }, m: { _type: 'choice', _value: [1, 2] } },
            { _name: 'q' },
          ],
        },
      },
      7,
      [],
    ],
  ])('%j', (space, size, endless) => {
    expect(gridSize(entries(space))).toEqual({ size, endless })
  })
})

describe('histogram', () => {
  const histogram = (type: string, value: unknown) => histogramOf(x(type, value)[0] ?? expect.fail('no entry'))
  it('a choice has a bar for each value', () => {
    expect(histogram('choice', ['a', 'b'])).toEqual({
      kind: 'values',
      bars: [
        { value: 'a', share: 0.5 },
        { value: 'b', share: 0.5 },
      ],
      more: 0,
    })
    expect(
      histogram(
        'choice',
        Array.from({ length: 100 }, (_, i) => i),
      ),
    ).toMatchObject({ more: 60 })
  })
  it('few whole numbers have a bar each', () => {
    const { kind, bars } = histogram('quniform', [0, 4, 2])
    expect(kind).toBe('values')
    expect(bars.map((bar) => Math.round(bar.share * 20))).toEqual([5, 10, 5])
  })
  it('a logarithmic range is flat on a logarithmic axis', () => {
    const found = histogram('loguniform', [1e-5, 1])
    if (found.kind !== 'ranges') throw new Error(found.kind)
    expect(found.log).toBe(true)
    expect(Math.min(...found.bars.map(({ share }) => share))).toBeGreaterThan(0.01)
    expect(found.bars.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })
  it.each([
    ['quniform', [3, 40, 1], 30],
    ['quniform', [0, 1, 0.01], 40],
    ['randint', [0, 101], 30],
    ['qloguniform', [1, 1000, 1], 40],
    ['qloguniform', [2, 1000, 2], 30],
  ])('%s %j is flat, too, though its numbers are more than the %d bars', (type, value, bars) => {
    const entry = x(type, value)[0] ?? expect.fail('no entry')
    const found = histogramOf(entry, { draws: 200_000, bars })
    if (found.kind !== 'ranges') throw new Error(found.kind)
    expect(found.bars.length).toBeLessThanOrEqual(bars)
    const scale = found.log ? Math.log : Number
    const heights = found.bars.map(({ from, to, share }) => share / (scale(to) - scale(from)))
    expect(Math.max(...heights) / Math.min(...heights)).toBeLessThan(1.35)
    expect([found.low, found.high]).toEqual([value[0], type === 'randint' ? 100 : value[1]])
  })
  it.each([
    ['qnormal', [10, 100, 5]],
    ['qlognormal', [4, 0.5, 1]],
  ])('no bar of %s %j is empty where numbers lie close', (type, value) => {
    const { bars } = histogram(type, value)
    const shares = bars.map(({ share }) => share)
    const inner = shares.slice(Math.floor(shares.length / 4), Math.ceil((shares.length * 3) / 4))
    expect(Math.min(...inner)).toBeGreaterThan(0)
  })
})
