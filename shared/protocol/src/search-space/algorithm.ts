import { SPACE_TYPES, type SpaceType, type Words } from './space.ts'

/** What an argument of an algorithm may be. The value that holds where none is given is `default`. */
export interface Argument {
  type: 'number' | 'integer' | 'boolean' | 'choice' | 'text' | 'map'
  words: Words
  default?: number | boolean | string | null
  minimum?: number
  maximum?: number
  /** The minimum itself is not allowed. */
  exclusive?: boolean
  choices?: readonly string[]
  /** null is allowed. */
  nullable?: boolean
  required?: boolean
  /** Of a map. */
  fields?: Record<string, Argument>
}

export const seed: Argument = {
  type: 'integer',
  minimum: 0,
  maximum: 2_147_483_647,
  words: {
    en: 'The same seed gives the same parameters, as long as trials end in the same order. Default: a new one each time.',
    zh: '相同的种子给出相同的参数（只要试验结束的顺序相同）。默认每次随机。',
  },
}

/** What a tuner can draw from. */
export interface Takes {
  types: readonly SpaceType[]
  /** A choice may have branches with parameters of their own. */
  nested: boolean
  /** Values of a choice must be numbers. */
  numbersOnly?: boolean
}

export const ALL: Takes = { types: SPACE_TYPES, nested: true }
export const FLAT: Takes = { types: SPACE_TYPES, nested: false }
export const RANGES: Takes = {
  types: ['choice', 'randint', 'uniform', 'quniform', 'loguniform', 'qloguniform'],
  nested: false,
  numbersOnly: true,
}

/** One tuner, advisor or assessor of NNI. */
export interface Algorithm {
  name: string
  /** Further names that NNI knows it by. Case does not count. */
  aliases?: readonly string[]
  summary: Words
  /** What one should know before using it. */
  notes?: readonly Words[]
  classArgs: Record<string, Argument>
  /** It judges by values that grow only. */
  growing?: boolean
  /** What it needs that our environment of NNI has not; absent: it runs there. */
  needs?: Words
}

export interface Tuner extends Algorithm {
  /** undefined: it does not look at the space. */
  takes?: Takes
  /** It hands out budgets and stops trials itself: an assessor is not asked. */
  advisor?: boolean
  /** Trials go on from each other's checkpoints: none may be stopped early. */
  population?: boolean
  /** Names that it adds to the parameters of every trial. */
  adds?: readonly string[]
}

/** Which direction is better, as every algorithm is told; NNI's own default differs from one to the next. */
export const optimizeMode = (preset: 'maximize' | 'minimize'): Argument => ({
  type: 'choice',
  choices: ['maximize', 'minimize'],
  default: preset,
  words: {
    en: `Whether a larger or a smaller value is better. Default: as the objective of the experiment says; NNI's own is ${preset}.`,
    zh: `数值越大越好还是越小越好。默认随实验的目标；NNI 自身的默认值是 ${preset}。`,
  },
})
