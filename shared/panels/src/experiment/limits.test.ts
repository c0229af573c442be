import { expect, test } from 'vitest'
import { readEdit, secondsOf, spaceText } from './limits.ts'
import { handFields, handValue } from './trial/hand-made.ts'

const FIRST = { trialConcurrency: '2', maxTrialNumber: '100', maxExperimentDuration: '7200', searchSpace: '{}' }

test('only what was changed is sent, durations as seconds', () => {
  expect(readEdit(FIRST, FIRST).edit).toEqual({})
  expect(readEdit(FIRST, { ...FIRST, maxTrialNumber: '200', maxExperimentDuration: '3h' }).edit).toEqual({
    maxTrialNumber: 200,
    maxExperimentDuration: 10_800,
  })
})

test.each([
  ['trialConcurrency', '0'],
  ['trialConcurrency', '1.5'],
  ['maxTrialNumber', 'many'],
  ['maxExperimentDuration', '1 week'],
  ['searchSpace', '[1]'],
  ['searchSpace', '{'],
] as const)('%s: %s is refused', (name, text) => {
  expect(readEdit(FIRST, { ...FIRST, [name]: text }).wrong).toEqual(new Set([name]))
})

test.each([
  [90, 90],
  ['90s', 90],
  ['1.5h', 5400],
  ['2d', 172_800],
  ['soon', undefined],
  [undefined, undefined],
])('duration %s is %s seconds', (value, seconds) => expect(secondsOf(value)).toBe(seconds))

test('a trial by hand begins with lawful values of the space, or with those of the trial it is made from', () => {
  const space = {
    lr: { _type: 'uniform', _value: [0.1, 1] },
    act: { _type: 'choice', _value: ['relu', 'tanh'] },
    conv: { _type: 'choice', _value: [{ _name: 'deep', k: { _type: 'choice', _value: [3, 5] } }, { _name: 'none' }] },
  }
  expect(handFields(space, {}).map((field) => [field.name, handValue(field), field.choices])).toEqual([
    ['lr', 0.1, undefined],
    ['act', 'relu', ['relu', 'tanh']],
    ['conv', { _name: 'deep', k: 3 }, undefined],
  ])
  const cloned = handFields(space, { lr: 0.5, act: 'tanh', conv: { _name: 'none' }, TRIAL_BUDGET: 3 })
  expect(Object.fromEntries(cloned.map((field) => [field.name, handValue(field)]))).toEqual({
    lr: 0.5,
    act: 'tanh',
    conv: { _name: 'none' },
    TRIAL_BUDGET: 3,
  })
  expect(handValue({ name: 'lr', kind: 'number', text: '"a"' })).toBeUndefined()
  expect(handValue({ name: 'conv', kind: 'json', text: '{' })).toBeUndefined()
})

test('a space has one parameter a line and stays what it was', () => {
  const space = { lr: { _type: 'uniform', _value: [0, 1] }, 'a "b"': { _type: 'choice', _value: [{ _name: 'x' }] } }
  expect(JSON.parse(spaceText(space))).toEqual(space)
  expect(spaceText(space).split('\n')).toHaveLength(4)
  expect(spaceText({})).toBe('{}')
})
