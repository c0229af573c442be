import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeTrials } from '../../fixtures/made-trials.ts'
import { trialColumns } from '../data/columns.ts'
import { filterRows } from '../data/filter.ts'
import { TrialList } from '../data/trial-list.ts'
import { brushesOf, brushFilter } from '../parallel/brush.ts'
import { lanesOf } from '../timeline/lanes.ts'
import { type Frame, frameOf } from './frame.ts'
import { linePath } from './path.ts'
import { linearScale, logScale, wordScale } from './scale.ts'
import { valueScale } from './value-scale.ts'

const frame = (max: number): Frame => frameOf({ width: 400, height: 200 }, linearScale(0, max), linearScale(-1, 1))

describe('scales', () => {
  test('a value and its place lead to each other', () => {
    const finite = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(finite, finite, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, place) => {
        fc.pre(Math.abs(a - b) > 1e-3 * Math.max(a, b))
        for (const scale of [linearScale(Math.min(a, b), Math.max(a, b)), logScale(Math.min(a, b), Math.max(a, b))])
          expect(scale.place(scale.value(place))).toBeCloseTo(place, 6)
      }),
    )
  })
  test('ticks are round, inside, and about as many as asked for', () => {
    expect(
      linearScale(0, 1)
        .ticks(5)
        .map(({ label }) => label),
    ).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1'])
    expect(
      logScale(1e-5, 0.1)
        .ticks(5)
        .map(({ label }) => label),
    ).toEqual(['1e-5', '0.0001', '0.001', '0.01', '0.1'])
    expect(linearScale(3, 3).ticks(4).length).toBeGreaterThan(1)
    expect(wordScale(['only']).ticks(3)).toEqual([{ label: 'only', place: 0.5 }])
  })
})

test('a long line is thinned to its extremes in every pixel column, a short one stays as it is', () => {
  const count = 100_000
  const xs = Float64Array.from({ length: count }, (_, x) => x)
  const ys = Float64Array.from(xs, (x) => (x === 54_321 ? 0.9 : x === 12_345 ? -0.9 : Math.sin(x) * 0.1))
  const long = frame(count)
  const path = linePath(long, xs, ys)
  expect(path.length / 2).toBeLessThan(long.width * 4 + 8)
  const heights = path.filter((_, at) => at % 2 === 1)
  expect(Math.min(...heights)).toBeCloseTo(long.top + 0.05 * long.height, 2)
  expect(Math.max(...heights)).toBeCloseTo(long.top + 0.95 * long.height, 2)
  expect(linePath(frame(10), xs.slice(0, 11), ys.slice(0, 11))).toHaveLength(22)
})

test('of a zoomed line only what is seen is drawn, and one point beyond at each side', () => {
  const xs = Float64Array.from({ length: 1000 }, (_, x) => x)
  const seen = frameOf({ width: 4000, height: 200 }, linearScale(100, 110), linearScale(-1, 1))
  expect(linePath(seen, xs, new Float64Array(1000)).length / 2).toBe(12)
})

describe('brushes', () => {
  const list = new TrialList()
  list.take(madeTrials(200))
  const columns = trialColumns(list, { metric: 'accuracy', direction: 'maximize' }, 'en')
  const axis = (id: string) => {
    const column = columns.find((one) => one.id === id)
    if (!column) throw new Error(id)
    return valueScale(column, list.rows)
  }
  test.each(['p:lr', 'p:dropout', 'p:activation', 'final'])(
    '%s: what lies between the ends stays, and is drawn there',
    (id) => {
      const scale = axis(id)
      const filter = brushFilter(scale, 0.25, 1)
      const kept = filterRows(list.rows, columns, { [id]: filter ?? '' })
      expect(kept.length).toBeGreaterThan(20)
      expect(kept.length).toBeLessThan(200)
      for (const row of kept) expect(scale.scale.place(scale.number(row))).toBeGreaterThan(0.24)
      const drawn = brushesOf(scale, filter)
      expect(Math.min(...drawn.flat())).toBeGreaterThan(0.2)
      expect(Math.max(...drawn.flat())).toBeCloseTo(1, 2)
    },
  )
  test('a wide range is logarithmic by itself, a plain one is not', () => {
    expect([axis('p:lr').log, axis('p:dropout').log]).toEqual([true, false])
  })
})

test('no two trials of a lane overlap, and there are as many lanes as ran at once', () => {
  const list = new TrialList()
  list.take(madeTrials(300))
  const { trials, lanes } = lanesOf(list.rows, Date.now())
  const most = Math.max(
    ...trials.map((one) => trials.filter(({ from, to }) => from <= one.from && to > one.from).length),
  )
  expect(lanes).toBe(most)
  for (let lane = 0; lane < lanes; lane++) {
    const own = trials.filter((one) => one.lane === lane)
    for (const [at, one] of own.entries()) expect(one.from).toBeGreaterThanOrEqual(own[at - 1]?.to ?? 0)
  }
})
