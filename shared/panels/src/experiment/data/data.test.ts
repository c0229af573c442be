import type { ExperimentDetail } from '@secxops/protocol/experiments'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeTrials } from '../../fixtures/made-trials.ts'
import { parameterCells } from './cells.ts'
import { trialColumns } from './columns.ts'
import { filterRows, parseFilter } from './filter.ts'
import { MetricTable } from './metric-table.ts'
import { ranked } from './share.ts'
import { shortNumber } from './short-number.ts'
import { sortRows } from './sort.ts'
import { TrialList } from './trial-list.ts'

const objective: ExperimentDetail['objective'] = { metric: 'accuracy', direction: 'maximize' }

function listOf(count: number): TrialList {
  const list = new TrialList()
  list.take(madeTrials(count))
  return list
}

test('nested choices become one value each, whatever else is no number or text becomes JSON', () => {
  expect([
    ...parameterCells({
      lr: 0.1,
      act: 'relu',
      bias: true,
      conv: { _name: 'deep', kernel: 3, head: { _name: 'mlp', size: 8 } },
      shape: [1, 2],
      none: null,
    }),
  ]).toEqual([
    ['lr', 0.1],
    ['act', 'relu'],
    ['bias', 'true'],
    ['conv', 'deep'],
    ['conv › kernel', 3],
    ['conv › head', 'mlp'],
    ['conv › head › size', 8],
    ['shape', '[1,2]'],
    ['none', 'null'],
  ])
})

test('a trial whose true parameters become known replaces what was shown for it', () => {
  const list = new TrialList()
  const [trial] = madeTrials(1)
  if (!trial) throw new Error('no trial')
  list.take([{ ...trial, parameters: { wrong: 'x' } }])
  list.take([{ ...trial, parameters: { lr: 1 } }])
  expect(list.parameters()).toEqual([{ name: 'lr', kind: 'number' }])
  expect(list.rows).toHaveLength(1)
})

test('a parameter that is a text in one trial is a text in all', () => {
  const list = new TrialList()
  const [a, b] = madeTrials(2)
  if (!a || !b) throw new Error('no trials')
  list.take([
    { ...a, parameters: { depth: 3 } },
    { ...b, parameters: { depth: 'auto' } },
  ])
  expect(list.parameters()).toEqual([{ name: 'depth', kind: 'text' }])
  const column = trialColumns(list, objective, 'en').find(({ id }) => id === 'p:depth')
  expect(list.rows.map((row) => column?.cell(row))).toEqual(['3', 'auto'])
})

describe('filters', () => {
  test.each([
    ['0.1..1', [0.1, 1], [0.09, 1.01]],
    ['>0.5', [0.6], [0.5]],
    ['>= 0.5', [0.5], [0.4]],
    ['<1e-3', [0.0005], [0.001]],
    ['5', [5], [5.1]],
    ['-2..-1', [-1.5], [0]],
  ])('%s of numbers', (text, inside, outside) => {
    const test = parseFilter(text, 'number')
    expect(inside.map((value) => test?.(value))).toEqual(inside.map(() => true))
    expect(outside.map((value) => test?.(value))).toEqual(outside.map(() => false))
  })
  test.each(['abc', '>', '1..', '..', ''])('%s of numbers is not lawful', (text) => {
    expect(parseFilter(text, 'number')).toBeUndefined()
  })
  test('texts by part, several, and whole', () => {
    const words = ['relu', 'leaky relu', 'tanh']
    const kept = (text: string): string[] => words.filter((word) => parseFilter(text, 'text')?.(word))
    expect(kept('RELU')).toEqual(['relu', 'leaky relu'])
    expect(kept('=relu')).toEqual(['relu'])
    expect(kept('=relu | tan')).toEqual(['relu', 'tanh'])
  })
  test('several columns together; a trial without a value does not pass', () => {
    const list = listOf(60)
    const columns = trialColumns(list, objective, 'en')
    const rows = filterRows(list.rows, columns, { final: '>0.9', 'p:activation': '=relu', 'p:lr': 'nonsense' })
    expect(rows.length).toBeGreaterThan(3)
    for (const { trial, cells } of rows) {
      expect(trial.final).toBeGreaterThan(0.9)
      expect(cells.get('activation')).toBe('relu')
    }
  })
})

test.each([true, false])(
  'sorting keeps all rows, in order, those without a value last (descending: %s)',
  (descending) => {
    const list = listOf(300)
    for (const id of ['final', 'state', 'p:lr', 'p:conv › kernel', 'p:activation']) {
      const column = trialColumns(list, objective, 'en').find((one) => one.id === id)
      if (!column) throw new Error(id)
      const values = sortRows(list.rows, column, descending).map((row) => column.cell(row))
      expect(values).toHaveLength(300)
      const known = values.filter((value) => value !== undefined)
      expect(values.slice(known.length).every((value) => value === undefined)).toBe(true)
      const sorted = known.toSorted((a, b) => (typeof a === 'number' ? a - Number(b) : a.localeCompare(String(b))))
      expect(known).toEqual(descending ? sorted.toReversed() : sorted)
    }
  },
)

test('shares go from the worst to the best, whatever is better', () => {
  const list = listOf(50)
  for (const direction of ['maximize', 'minimize'] as const) {
    const known = ranked(list.rows, { metric: 'm', direction }).toSorted((a, b) => a.share - b.share)
    expect([known[0]?.share, known.at(-1)?.share]).toEqual([0, 1])
    const best = known
      .map(({ value }) => value)
      .reduce((a, b) => (direction === 'maximize' ? Math.max(a, b) : Math.min(a, b)))
    expect(known.at(-1)?.value).toBe(best)
  }
})

test('a curve is the newest value of every step in order, however the reports came', () => {
  const report = fc.record({
    trial: fc.integer({ min: 1, max: 4 }),
    step: fc.integer({ min: 0, max: 9 }),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  })
  fc.assert(
    fc.property(fc.array(report, { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (reports, page) => {
      const table = new MetricTable()
      for (let at = 0; at < reports.length; at += page) {
        const rows = reports.slice(at, at + page)
        table.take({
          row: at + rows.length,
          complete: true,
          names: ['loss'],
          trial: rows.map(({ trial }) => trial),
          name: rows.map(() => 0),
          step: rows.map(({ step }) => step),
          value: rows.map(({ value }) => value),
          time: rows.map(() => 0),
        })
      }
      for (const trial of [1, 2, 3, 4]) {
        const newest = new Map(reports.filter((one) => one.trial === trial).map(({ step, value }) => [step, value]))
        const wanted = [...newest].sort(([a], [b]) => a - b)
        const curve = table.curve('loss', trial)
        expect(Array.from(curve?.steps ?? [], (step, at) => [step, curve?.values[at]])).toEqual(wanted)
      }
    }),
  )
})

test.each([
  [0.000012345678, '1.2346e-5'],
  [0.97312345, '0.97312'],
  [128, '128'],
  [12_345_678.9, '1.2346e7'],
  [-0.5, '-0.5'],
  [0, '0'],
])('%s is shown as %s', (value, text) => expect(shortNumber(value)).toBe(text))
