import { expect, it } from 'vitest'
import { checkSpaceValue } from './check-space.ts'
import { checkTrial } from './check-trial.ts'
import { drawSpace } from './draw.ts'

const { entries } = checkSpaceValue({
  act: { _type: 'choice', _value: ['relu', 'tanh'] },
  n: { _type: 'randint', _value: [1, 4] },
  size: { _type: 'quniform', _value: [1, 10, 4] },
  lr: { _type: 'qlognormal', _value: [0, 1, 0.5] },
  net: { _type: 'choice', _value: [{ _name: 'conv', k: { _type: 'loguniform', _value: [1, 8] } }, { _name: 'none' }] },
})
const good = { act: 'relu', n: 3, size: 10, lr: 1.5, net: { _name: 'none' } }

it('all that is drawn lies in the space', () => {
  expect(drawSpace(entries, 500).flatMap((set) => checkTrial(entries, set))).toEqual([])
})

it.each([
  [{ act: 'elu' }, 'act: "elu" is none of its values.'],
  [{ n: 4 }, 'n: 4 cannot be drawn from randint [1,4].'],
  [{ n: 2.5 }, 'n: 2.5 cannot'],
  [{ size: 6 }, 'size: 6 cannot'],
  [{ size: 0 }, 'size: 0 cannot'],
  [{ lr: 0.7 }, 'lr: 0.7 cannot'],
  [{ lr: '1' }, 'lr: expected a number, found "1".'],
  [{ net: 'none' }, 'net: expected a branch, {"_name": …} of conv, none, found "none".'],
  [{ net: { _name: 'conv' } }, 'k is missing.'],
  [{ net: { _name: 'none', k: 1 } }, 'The space has no k.'],
  [{ other: 1 }, 'The space has no other.'],
])('%j does not', (change, words) => {
  expect(
    checkTrial(entries, { ...good, ...change })
      .map((one) => one.words.en)
      .join(),
  ).toContain(words)
})

it('names that the tuner adds are none of the space', () => {
  expect(checkTrial(entries, { ...good, TRIAL_BUDGET: 3 }, ['TRIAL_BUDGET'])).toEqual([])
})
