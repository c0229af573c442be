import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkSpaceValue } from './check-space.ts'
import { checkClassArgs } from './class-args.ts'
import { findAssessor, findTuner, unknownTuner } from './find-algorithm.ts'
import { assessorConflict, directionConflict, fits } from './fits.ts'
import { SPACE_TYPES } from './space.ts'
import { TUNERS } from './tuners.ts'

const tuner = (name: string) => findTuner(name) ?? expect.fail(`no tuner ${name}`)
const entries = (space: Parameters<typeof checkSpaceValue>[0]) => checkSpaceValue(space).entries

/** One entry of each kind. */
const VALUES: Record<string, unknown> = {
  choice: ['a', 'b'],
  randint: [0, 5],
  uniform: [0, 1],
  quniform: [0, 1, 0.5],
  loguniform: [0.1, 1],
  qloguniform: [1, 8, 1],
  normal: [0, 1],
  qnormal: [0, 1, 1],
  lognormal: [0, 1],
  qlognormal: [0, 1, 1],
}
const one = (type: string) => entries({ x: { _type: type, _value: VALUES[type] } } as never)

describe('which tuner takes which kind', () => {
  const taken = (name: string): string => SPACE_TYPES.filter((type) => fits(tuner(name), one(type)).ok).join(' ')
  const every = SPACE_TYPES.join(' ')
  it.each(['TPE', 'Random', 'GridSearch', 'Anneal', 'Evolution', 'TPE_legacy', 'Hyperband', 'BOHB', 'PBT'])(
    '%s takes all',
    (name) => {
      expect(taken(name)).toBe(every)
    },
  )
  it.each([
    ['GP', 'randint uniform quniform loguniform qloguniform'],
    ['Metis', 'randint uniform quniform'],
    ['Batch', ''],
  ])('%s takes %s', (name, types) => {
    expect(taken(name)).toBe(types)
  })
  it.each([
    ['TPE', true],
    ['Evolution', true],
    ['PBT', false],
    ['GP', false],
    ['BOHB', false],
  ])('branches: %s %s', (name, ok) => {
    const space = entries({ c: { _type: 'choice', _value: [{ _name: 'a', k: { _type: 'uniform', _value: [0, 1] } }] } })
    expect(fits(tuner(name), space).ok).toBe(ok)
  })
  it('a choice among numbers is taken where texts are not', () => {
    expect(fits(tuner('GP'), entries({ n: { _type: 'choice', _value: [1, 2] } })).ok).toBe(true)
    expect(fits(tuner('GP'), one('choice')).reasons).toEqual([
      { path: ['x'], words: { en: 'x is a choice among texts; GP takes numbers only.', zh: expect.any(String) } },
    ])
  })
  it('whole sets of parameters are for Batch only', () => {
    const space = entries({ combine_params: { _type: 'choice', _value: [{ lr: 1 }, { lr: 2 }] } })
    expect(TUNERS.filter((each) => fits(each, space).ok).map(({ name }) => name)).toEqual(['Batch'])
  })
  it('a name that the tuner adds itself is in the way', () => {
    const space = entries({ TRIAL_BUDGET: { _type: 'uniform', _value: [0, 1] } })
    expect(fits(tuner('BOHB'), space).reasons[0]?.path).toEqual(['TRIAL_BUDGET'])
    expect(fits(tuner('TPE'), space).ok).toBe(true)
  })
  it('what is not installed says what it needs', () => {
    expect(fits(tuner('SMAC'), one('uniform')).reasons[0]?.words.en).toContain('swig')
  })
})

it('tuners are found by all names that NNI knows, whatever the case; others are explained', () => {
  expect(findTuner('tpe')?.name).toBe('TPE')
  expect(findTuner('PBTTuner')?.name).toBe('PBT')
  expect(findAssessor('medianstop')?.name).toBe('Medianstop')
  expect(unknownTuner('Hyperbend').en).toContain('Did you mean "Hyperband"?')
  expect(unknownTuner('PPOTuner').en).toContain('architecture')
})

it('advisors and populations refuse an assessor', () => {
  expect(TUNERS.filter((each) => assessorConflict(each)).map(({ name }) => name)).toEqual(['BOHB', 'Hyperband', 'PBT'])
})

it('an assessor of growing values refuses a loss', () => {
  const [median, curve] = [findAssessor('Medianstop'), findAssessor('Curvefitting')]
  if (!median || !curve) return expect.fail('no assessors')
  expect(directionConflict(curve, 'minimize')?.en).toContain('never a loss')
  expect(directionConflict(curve, 'maximize') ?? directionConflict(median, 'minimize')).toBeUndefined()
})

describe('arguments of an algorithm', () => {
  const words = (name: string, args: Parameters<typeof checkClassArgs>[1]): string[] =>
    checkClassArgs(findTuner(name) ?? findAssessor(name) ?? expect.fail(name), args).map(
      (problem) => `${problem.path.join('.')}: ${problem.words.en}`,
    )
  it.each([
    ['TPE', { optimize_mode: 'maximize', seed: 5, tpe_args: { gamma: 0.5, constant_liar_type: null } }],
    ['GridSearch', {}],
    ['BOHB', { min_budget: 1, max_budget: 9 }],
    ['Curvefitting', { epoch_num: 10 }],
  ])('%s takes %j', (name, args) => {
    expect(words(name, args)).toEqual([])
  })
  it.each([
    [
      'TPE',
      { population_size: 5 },
      'population_size: TPE has no argument population_size. It is one of Evolution, PBT.',
    ],
    ['TPE', { sede: 5 }, 'sede: TPE has no argument sede. Did you mean "seed"?'],
    ['TPE', { tpe_args: { gama: 1 } }, 'tpe_args.gama: TPE has no argument gama. Did you mean "gamma"?'],
    ['TPE', { tpe_args: { gamma: 0 } }, 'gamma: expected a number of above 0, found 0'],
    ['TPE', { tpe_args: 5 }, 'tpe_args: expected a map'],
    ['TPE', { seed: 1.5 }, 'seed: expected a whole number of at least 0 and at most 2147483647, found 1.5'],
    ['TPE', { optimize_mode: 'maximise' }, 'found "maximise". Did you mean "maximize"?'],
    ['TPE', { tpe_args: { constant_liar_type: 'none' } }, 'constant_liar_type: expected one of best, worst, mean'],
    ['PBT', { factors: 0.2 }, 'Did you mean "factor"?'],
    ['Batch', { seed: 1 }, 'Batch has no argument seed. It is one of TPE, Random. It takes none.'],
    ['BOHB', { max_budget: 1 }, 'max_budget: max_budget (1) must be above min_budget (1).'],
    ['Curvefitting', {}, 'epoch_num: Curvefitting needs epoch_num.'],
    ['Metis', { no_resampling: 'yes' }, 'expected true or false, found "yes"'],
  ])('%s refuses %j', (name, args, message) => {
    expect(words(name, args).join('\n')).toContain(message)
  })
})

it('the documentation says of every tuner that runs what it takes', () => {
  const page = readFileSync(new URL('../../../../docs/search-spaces.md', import.meta.url), 'utf8')
  const rows = page.split('\n').flatMap((line) => {
    const [, name = '', types = '', branches = ''] = line.split('|').map((cell) => cell.trim())
    return findTuner(name) ? [`${name}: ${types}; ${branches}`] : []
  })
  const said = TUNERS.filter(({ needs }) => !needs).map(({ name, takes }) => {
    const types = takes?.types.length === SPACE_TYPES.length ? 'all' : takes?.types.join(', ')
    return `${name}: ${types}; ${takes?.nested ? 'yes' : 'no'}`
  })
  expect(rows.sort()).toEqual(said.sort())
})
