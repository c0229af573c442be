import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { numberNames } from './check-numbers.ts'
import { checkSpace, checkSpaceValue } from './check-space.ts'
import { checkTrial } from './check-trial.ts'
import { drawSpace } from './draw.ts'
import { gridSize } from './grid-size.ts'
import { histogramOf } from './histogram.ts'
import { SPACE_TYPES } from './space.ts'

/** Problems of one entry called x, as `severity path words`. */
const of = (type: unknown, value: unknown, foreign = false): string[] =>
  checkSpaceValue({ x: { _type: type, _value: value } as Json }, { foreign }).problems.map(
    ({ severity, path, words }) => `${severity} ${path.join('.')} ${words.en}`,
  )

describe('what NNI takes is accepted', () => {
  it.each([
    ['choice', [1]],
    ['choice', ['relu', 'tanh']],
    ['choice', [{ _name: 'Empty' }, { _name: 'Conv', k: { _type: 'choice', _value: [1, 2] } }]],
    ['randint', [-3, 3]],
    ['uniform', [0, 1]],
    ['loguniform', [1e-5, 0.1]],
    ['quniform', [0, 10, 2]],
    ['qloguniform', [1, 1024, 1]],
    ['normal', [0, 1]],
    ['lognormal', [-3, 2]],
    ['qnormal', [5, 2, 1]],
    ['qlognormal', [1, 1, 0.5]],
  ])('%s %j', (type, value) => {
    expect(of(type, value)).toEqual([])
  })
  it('branches of branches', () => {
    const inner = { _type: 'choice', _value: [{ _name: 'a', w: { _type: 'uniform', _value: [0, 1] } }, { _name: 'b' }] }
    const check = checkSpaceValue({ x: { _type: 'choice', _value: [{ _name: 'p', inner }, { _name: 'q' }] } })
    expect(check.problems).toEqual([])
    expect(check.entries[0]?.branches?.[0]?.entries[0]?.branches?.[0]?.entries[0]?.path).toEqual([
      'x',
      '_value',
      0,
      'inner',
      '_value',
      0,
      'w',
    ])
  })
  it('whole sets of parameters under combine_params', () => {
    const space = { combine_params: { _type: 'choice', _value: [{ lr: 0.1 }, { lr: 0.2, act: 'relu' }] } }
    expect(checkSpaceValue(space).problems).toEqual([])
  })
  it('keys that nobody knows', () => {
    expect(checkSpaceValue({ x: { _type: 'uniform', _value: [0, 1], note: 'mine' } }).problems).toEqual([])
  })
})

describe('what no tuner can draw from is refused at its place', () => {
  it.each([
    [undefined, [1], 'x x has no "_type"'],
    ['choice', undefined, 'x x has no "_value"'],
    ['chioce', [1], 'x._type "chioce" is no kind of value. Did you mean "choice"?'],
    ['layer_choice', [1], 'x._type "layer_choice" is no kind'],
    [7, [1], 'x._type 7 is no kind'],
    ['choice', 5, 'x._value The values of x must be a list'],
    ['choice', [], 'x._value x has nothing to choose from'],
    ['choice', [1, 'a'], 'x._value x mixes texts and numbers'],
    ['choice', [true], 'x._value.0 A choice is among texts or numbers; write true as "true"'],
    ['choice', [1, null], 'x._value.1 A choice is among texts or numbers; null is neither'],
    ['choice', [[1, 2]], 'x._value.0 A choice is among texts or numbers; [1,2] is neither'],
    ['choice', [{ k: 1 }], 'x._value.0 A choice is among texts or numbers; {"k":1} is neither. For a branch'],
    ['choice', [1, 2, 1], 'x._value.2 1 stands here a second time'],
    ['choice', [Number.NaN], 'x._value.0 Only finite numbers'],
    ['choice', Array.from({ length: 10_001 }, (_, i) => i), 'x._value x has 10001 values; a choice may have 10000'],
    ['choice', [{ _name: 'a' }, 5], 'x._value.1 Each branch of x needs a "_name"'],
    [
      'choice',
      [{ _name: 'a' }, { k: { _type: 'choice', _value: [1] } }],
      'x._value.1 Each branch of x needs a "_name"',
    ],
    ['choice', [{ _name: 'a' }, { _name: 'a' }], 'x._value.1._name x has two branches called a'],
    ['choice', [{ _name: 3 }], 'x._value.0 Each branch'],
    [
      'choice',
      [{ _name: 'a', k: 3 }],
      'x._value.0.k k needs a kind and values, like {"_type": "choice", "_value": [3]}',
    ],
    [
      'choice',
      [{ _name: 'a', k: { _type: 'uniform', _value: [1, 0] } }],
      'x._value.0.k._value low of k must be below high',
    ],
    ['randint', [1.5, 3], 'x._value.0 x, low: expected a whole number'],
    ['randint', [3, 3], 'x._value low of x must be below high, which is not drawn itself'],
    ['randint', [0, 2_000_000], 'x._value x has 2000000 whole numbers'],
    ['randint', [true, 3], 'x._value.0 x, low: expected a number, found true'],
    ['uniform', [0], 'x._value uniform needs 2 numbers: [low, high], found 1'],
    ['uniform', [0, 1, 0.1], 'x._value uniform needs 2 numbers'],
    ['uniform', [1, 0], 'x._value low of x must be below high. Exchange them'],
    ['uniform', [1, 1], 'x._value low of x must be below high. For one value only use choice'],
    ['uniform', ['0', 1], 'x._value.0 x, low: expected a number, found "0". Remove the quotes'],
    ['uniform', [0, Infinity], 'x._value.1 Only finite numbers'],
    ['loguniform', [0, 1], 'x._value.0 x is drawn on a logarithmic scale: low must be above 0'],
    ['qloguniform', [-1, 1, 1], 'x._value.0 x is drawn on a logarithmic scale'],
    ['quniform', [0, 1], 'x._value quniform needs 3 numbers: [low, high, q]'],
    ['quniform', [0, 1, 0], 'x._value.2 q of x is the distance between two values: it must be above 0'],
    ['qnormal', [0, 1, -1], 'x._value.2 q of x'],
    ['quniform', [0, 1, 1e-300], 'x._value.2 q of x is so small'],
    ['uniform', [-1e308, 1e308], 'x._value low and high of x are too far apart'],
    ['normal', [0, 1e308], 'x._value mu and sigma of x are too large'],
    ['normal', [0, 0], 'x._value.1 sigma of x must be above 0'],
    ['lognormal', [1000, 1], 'x._value x is exp of a normal number, which overflows here'],
  ])('%j %j', (type, value, words) => {
    const problems = of(type, value)
    expect(problems.filter((one) => one.startsWith('error')).length).toBeGreaterThan(0)
    expect(problems.join('\n')).toContain(`error ${words}`)
  })
  it('a key that NNI would make a Python object of, at any depth', () => {
    const space: Json = {
      x: {
        _type: 'choice',
        _value: [{ _name: 'a', k: { _type: 'choice', _value: ['1'], __nni_type__: 'bytes:gASV' } }],
      },
    }
    expect(checkSpaceValue(space).problems[0]).toMatchObject({
      severity: 'error',
      path: ['x', '_value', 0, 'k', '__nni_type__'],
    })
  })
  it.each([[null], [[]], ['x'], [{}]])('a space that is %j', (value) => {
    expect(checkSpaceValue(value).space).toBeUndefined()
  })
  it('a value under another key is found', () => {
    const { problems } = checkSpaceValue({ x: { _type: 'uniform', _vlaue: [0, 1] } })
    expect(problems[0]?.words.en).toBe('x has no "_value". Is it what is called "_vlaue" here?')
  })
})

it('of an NNI project, what NNI runs though its documents do not define it is only warned of', () => {
  expect(of('choice', [true, false], true).map((one) => one.split(' ')[0])).toEqual(['warning', 'warning'])
  expect(of('choice', [null, 1, 'a', [2]], true).every((one) => one.startsWith('warning'))).toBe(true)
  expect(of('choice', [Number.NaN], true)[0]).toMatch(/^error/)
})

describe('problems of a text have the range of what they mean', () => {
  const marked = (text: string): string[] =>
    checkSpace(text).problems.map(({ range, words }) => `${text.slice(range?.start, range?.end)} | ${words.en}`)
  it.each([
    ['{"x": {"_type": "unifrom", "_value": [0, 1]}}', '"unifrom" | "unifrom" is no kind'],
    ['{"x": {"_type": "uniform", "_value": [0, "1"]}}', '"1" | x, high: expected a number'],
    ['{"x": {"_type": "uniform", "_value": [2, 1]}}', '[2, 1] | low of x'],
    ['{"x": {"_value": [2, 1]}}', '"x" | x has no "_type"'],
    ['x:\n  _type: uniform\n  _value: [0, .nan]\n', '.nan | Only finite'],
    ['{"x": {"_type": "uniform", "_value": [0, NaN]}}', 'NaN | This is YAML, not JSON: NaN is no number'],
    ['{"x": {"_type": "uniform", "_value": [0, 1e999]}}', '1e999 | Only finite'],
    ['{"x": 1, "x": 2}', '"x" | The key "x" stands here a second time'],
    ['{"x": {"_type": "choice", "_value": [1,]}}', ', | This is YAML, not JSON: A comma stands in front of the end'],
    ['{"x": {"_type": "choice", "_value": [True]}}', 'True | This is YAML, not JSON: Write true in place of True'],
    ['{"x": {"_type": "choice" "_value": [1]}}', ' | A comma is missing'],
    ['{"x": [1', '[ | This "[" is not closed'],
  ])('%s', (text, words) => {
    expect(marked(text).join('\n')).toContain(words)
  })
  it('JSON that only YAML allows still gives its space, a broken text none', () => {
    expect(checkSpace('{"x": {"_type": "choice", "_value": [1,]},}').space).toBeDefined()
    expect(checkSpace('{"x": ').entries).toEqual([])
  })
  it('an empty file lacks its map and nothing else', () => {
    expect(checkSpace('', { format: 'json' }).problems.map(({ words }) => words.en)).toEqual([
      expect.stringContaining('A search space is a map'),
    ])
  })
  it('a choice of 1e7 values is refused before it is read', () => {
    const text = `{"x": {"_type": "choice", "_value": [${'1,'.repeat(5_000_000)}1]}}`
    expect(checkSpace(text).problems[0]?.words.en).toContain('at most 1000000 are read')
  })
  it('a space inside a file', () => {
    const text = 'nni:\n  searchSpace:\n    x: {_type: uniform, _value: [1, 0]}\n'
    const { problems } = checkSpace(text, { at: ['nni', 'searchSpace'] })
    expect(problems[0]).toMatchObject({ path: ['x', '_value'], range: { start: text.indexOf('[') } })
  })
})

const odd = fc.oneof(
  fc.constantFrom<Json>(null, true, '', '_name', 0, -1, 1e308, [], {}),
  fc.jsonValue() as fc.Arbitrary<Json>,
)
const key = fc.constantFrom('x', 'constructor', 'toString', '_name', '_type', '__proto__', '', '0')
const number = fc.oneof(fc.double(), fc.integer({ min: -5, max: 5 }), fc.constantFrom(0.5, 1, 2, 3))
const oddEntry = fc.record(
  { _type: fc.oneof(fc.constantFrom<Json>(...SPACE_TYPES), odd), _value: odd },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>
/** Of the right shape; the numbers may still be wrong. */
const shapedEntry = fc.constantFrom(...SPACE_TYPES).chain((type) => {
  const count =
    type === 'choice'
      ? { minLength: 1, maxLength: 3 }
      : { minLength: numberNames(type).length, maxLength: numberNames(type).length }
  return fc.record({ _type: fc.constant(type), _value: fc.array(number, count) })
}) as fc.Arbitrary<Json>

it('nothing that is written makes the check fail, and what it lets pass can be drawn from', () => {
  let passed = 0
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.oneof({ weight: 8, arbitrary: shapedEntry }, oddEntry, odd), { maxKeys: 2 }),
      fc.boolean(),
      (value, foreign) => {
        const check = checkSpaceValue(value as Json, { foreign })
        if (!check.space) return
        passed++
        for (const drawn of drawSpace(check.entries, 20)) expect(checkTrial(check.entries, drawn)).toEqual([])
        expect(gridSize(check.entries).size).toBeGreaterThan(0)
        for (const entry of check.entries) expect(histogramOf(entry, { draws: 50 }).bars.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 2000 },
  )
  expect(passed).toBeGreaterThan(100)
})

it('no text makes the check fail', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => void checkSpace(text)),
    { numRuns: 500 },
  )
})
