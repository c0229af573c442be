import { expect, it } from 'vitest'
import { checkHandMade } from './check-hand-made.ts'
import type { ExperimentSpec } from './records/experiment.ts'

const spec = (tuner: string): Pick<ExperimentSpec, 'kind' | 'settings'> => ({
  kind: 'hpo',
  settings: {
    searchSpace: { lr: { _type: 'uniform', _value: [0, 1] }, layers: { _type: 'choice', _value: [1, 2] } },
    tuner: { name: tuner },
  },
})

it('a trial by hand may have values out of the space', () => {
  expect(() => checkHandMade(spec('TPE'), { lr: 42, layers: 2 })).not.toThrow()
})

it('a misspelt parameter is refused with every name that is wrong', () => {
  expect(() => checkHandMade(spec('TPE'), { ler: 0.1, layers: 2 })).toThrow(
    expect.objectContaining({
      body: expect.objectContaining({
        code: 'bad-request',
        message: 'lr is missing.',
        details: [
          expect.objectContaining({ where: { field: 'parameters.lr' } }),
          expect.objectContaining({ message: 'The space has no ler.', where: { field: 'parameters.ler' } }),
        ],
      }),
    }),
  )
})

it('what the tuner itself adds may stand in it', () => {
  expect(() => checkHandMade(spec('Hyperband'), { lr: 0.1, layers: 1, TRIAL_BUDGET: 3 })).not.toThrow()
  expect(() => checkHandMade(spec('TPE'), { lr: 0.1, layers: 1, TRIAL_BUDGET: 3 })).toThrow('TRIAL_BUDGET')
})
