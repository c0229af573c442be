import type { Json } from '@secxops/protocol/json'
import type { Argument, Tuner } from '@secxops/protocol/search-space/algorithm'
import { checkSpaceValue } from '@secxops/protocol/search-space/check-space'
import { checkTrial } from '@secxops/protocol/search-space/check-trial'
import { checkClassArgs } from '@secxops/protocol/search-space/class-args'
import { drawSpace } from '@secxops/protocol/search-space/draw'
import { fits } from '@secxops/protocol/search-space/fits'
import { gridSize } from '@secxops/protocol/search-space/grid-size'
import { TUNERS } from '@secxops/protocol/search-space/tuners'
import { describe, expect, test } from 'vitest'
import { unreachable } from '../../environments/testing/unreachable.ts'
import { type Drawing, drawByTuner } from '../testing/draw-by-tuner.ts'
import { nniForTests } from '../testing/nni-for-tests.ts'

const prepared = await nniForTests().catch(unreachable)
const missing = typeof prepared === 'string' ? prepared : undefined
const draw = (drawing: Drawing) => {
  if (typeof prepared === 'string') throw new Error(prepared)
  return drawByTuner(prepared, drawing)
}

/** All kinds that there are, written so that what is easily done wrong shows: ends that are no multiple of q, means far from 0. */
const KINDS: Record<string, Json> = {
  text: { _type: 'choice', _value: ['relu', 'tanh', 'elu'] },
  number: { _type: 'choice', _value: [4, 1, 9] },
  randint: { _type: 'randint', _value: [2, 6] },
  uniform: { _type: 'uniform', _value: [-1, 1] },
  quniform: { _type: 'quniform', _value: [1, 10, 4] },
  whole: { _type: 'quniform', _value: [1, 5, 1] },
  loguniform: { _type: 'loguniform', _value: [0.001, 1] },
  qloguniform: { _type: 'qloguniform', _value: [1, 64, 4] },
  normal: { _type: 'normal', _value: [50, 2] },
  qnormal: { _type: 'qnormal', _value: [50, 2, 0.5] },
  lognormal: { _type: 'lognormal', _value: [-3, 1] },
  qlognormal: { _type: 'qlognormal', _value: [1, 1, 0.5] },
}
const BRANCHES: Record<string, Json> = {
  net: {
    _type: 'choice',
    _value: [
      {
        _name: 'conv',
        kernel: { _type: 'choice', _value: [3, 5] },
        pool: {
          _type: 'choice',
          _value: [{ _name: 'max', size: { _type: 'randint', _value: [2, 4] } }, { _name: 'none' }],
        },
      },
      { _name: 'empty' },
    ],
  },
}

/** What of a space a tuner can take. */
function taken(tuner: Tuner, space: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(space).filter(([name, entry]) => fits(tuner, checkSpaceValue({ [name]: entry }).entries).ok),
  )
}

/** Settings with which a tuner learns early, so that a short test reaches what it does then, and with little computing. */
const EARLY: Record<string, Record<string, Json>> = {
  TPE: { tpe_args: { n_startup_jobs: 5 } },
  Evolution: { population_size: 5 },
  PBT: { population_size: 4 },
  GP: { cold_start_num: 3, selection_num_warm_up: 50, selection_num_starting_points: 2 },
  Metis: { cold_start_num: 3, selection_num_starting_points: 2 },
  BOHB: { min_budget: 1, max_budget: 9, eta: 3 },
  Hyperband: { R: 9, eta: 3 },
}
/** Every argument that the table knows, with the value that it says holds anyway: a name that NNI does not know ends its tuner. */
function defaultsOf(classArgs: Record<string, Argument>): Record<string, Json> {
  const given = Object.entries(classArgs).flatMap(([name, { fields, default: value }]): [string, Json][] => {
    if (fields) return [[name, defaultsOf(fields)]]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(given)
}
const COUNT: Record<string, number> = { GP: 12, Metis: 5, BOHB: 60 }

describe.skipIf(missing)('every tuner draws from every kind of space that it takes', () => {
  test.for(TUNERS.filter((tuner) => !tuner.needs && tuner.name !== 'Batch'))(
    '$name',
    { timeout: 600_000 },
    async (tuner) => {
      const space = { ...taken(tuner, KINDS), ...taken(tuner, BRANCHES) }
      const { entries, problems } = checkSpaceValue(space)
      expect(problems).toEqual([])
      expect(fits(tuner, entries).ok).toBe(true)
      const count = COUNT[tuner.name] ?? 25
      const classArgs = { ...defaultsOf(tuner.classArgs), ...EARLY[tuner.name] }
      expect(checkClassArgs(tuner, classArgs)).toEqual([])
      const drawn = await draw({ tuner: { name: tuner.name, classArgs }, space, count, atOnce: 2 })
      expect(drawn).toHaveLength(count)
      const wrong = drawn.flatMap((parameters) => checkTrial(entries, parameters, tuner.adds))
      expect(wrong.map(({ words }) => words.en)).toEqual([])
    },
  )

  test('BOHB keeps to a distribution when it has learnt', { timeout: 300_000 }, async () => {
    const space = { normal: KINDS.normal ?? null, quniform: KINDS.quniform ?? null }
    const tuner = { name: 'BOHB', classArgs: { max_budget: 9, min_points_in_model: 3, random_fraction: 0 } }
    const drawn = await draw({ tuner, space, count: 60, atOnce: 2 })
    expect(drawn.flatMap((one) => checkTrial(checkSpaceValue(space).entries, one, ['TRIAL_BUDGET']))).toEqual([])
    for (const { normal } of drawn) expect(Math.abs(Number(normal) - 50)).toBeLessThan(15)
  })

  test('Batch runs its list in order and ends', async () => {
    const list: Json[] = [{ lr: 0.1, act: 'relu' }, { lr: 0.2 }, { lr: 0.3 }]
    const space = { combine_params: { _type: 'choice', _value: list } }
    const drawn = await draw({ tuner: { name: 'Batch' }, space, count: 9, atOnce: 1, finite: true })
    expect(drawn).toEqual(list)
  })

  test('GridSearch ends after as many sets as were foretold', async () => {
    const space = { ...BRANCHES, quniform: KINDS.quniform ?? null, qloguniform: KINDS.qloguniform ?? null }
    const { size, endless } = gridSize(checkSpaceValue(space).entries)
    expect(endless).toEqual([])
    const drawn = await draw({ tuner: { name: 'GridSearch' }, space, count: 2 * size, atOnce: 1, finite: true })
    expect(new Set(drawn.map((one) => JSON.stringify(one))).size).toBe(size)
    expect(drawn).toHaveLength(size)
  })
})

/** Largest distance between two empirical distributions (Kolmogorov and Smirnov's statistic). */
function distance(a: number[], b: number[]): number {
  const all = [...new Set([...a, ...b])].sort((x, y) => x - y)
  const share = (list: number[]): ((x: number) => number) => {
    const sorted = list.toSorted((x, y) => x - y)
    let at = 0
    return (x) => {
      while (at < sorted.length && (sorted[at] ?? 0) <= x) at++
      return at / sorted.length
    }
  }
  const [shareA, shareB] = [share(a), share(b)]
  return Math.max(...all.map((x) => Math.abs(shareA(x) - shareB(x))))
}

const DRAWS = 2000
/** Two samples of one distribution are further apart once in a thousand times; the seeds are fixed. */
const LIMIT = 1.95 * Math.sqrt(2 / DRAWS)

describe.skipIf(missing)('the preview agrees with what is really drawn', () => {
  const seeded: Drawing['tuner'][] = [
    { name: 'Random', classArgs: { seed: 1 } },
    { name: 'TPE', classArgs: { seed: 1, tpe_args: { n_startup_jobs: DRAWS, constant_liar_type: null } } },
  ]
  test.for(seeded)('$name', { timeout: 300_000 }, async (tuner) => {
    const { entries } = checkSpaceValue(KINDS)
    const real = await draw({ tuner, space: KINDS, count: DRAWS, atOnce: DRAWS })
    const preview = drawSpace(entries, DRAWS, 1)
    const texts = ['relu', 'tanh', 'elu']
    const numbers = (sets: Record<string, Json>[], name: string): number[] =>
      sets.map((set) => (name === 'text' ? texts.indexOf(String(set[name])) : Number(set[name])))
    for (const { name } of entries)
      expect(distance(numbers(real, name), numbers(preview, name)), name).toBeLessThan(LIMIT)
    // The measure tells what is not the same: a uniform draw from a logarithmic one.
    const other = numbers(preview, 'uniform').map((x) => (x + 1) / 2)
    expect(distance(numbers(real, 'loguniform'), other)).toBeGreaterThan(LIMIT)
  })
})
