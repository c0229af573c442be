import { ALL, optimizeMode, seed, type Tuner } from './algorithm.ts'

/** Tuners that do not learn. */
export const SIMPLE_TUNERS: readonly Tuner[] = [
  {
    name: 'Random',
    summary: {
      en: 'Draws every trial at random. A good yardstick for all others.',
      zh: '每次随机抽取。是衡量其他方法的基准。',
    },
    takes: ALL,
    classArgs: { seed, optimize_mode: optimizeMode('maximize') },
  },
  {
    name: 'GridSearch',
    summary: {
      en: 'Tries every combination in order. For small spaces of choices.',
      zh: '按顺序尝试所有组合。适合由 choice 组成的小空间。',
    },
    notes: [
      {
        en: 'A range without q has no end: it is halved again and again until a limit of the experiment is reached.',
        zh: '没有 q 的范围没有尽头：会不断对半细分，直到达到实验的限制。',
      },
    ],
    takes: ALL,
    classArgs: { optimize_mode: optimizeMode('maximize') },
  },
  {
    name: 'Batch',
    aliases: ['BatchTuner'],
    summary: {
      en: 'Runs a list of sets of parameters once, in order, and ends.',
      zh: '按顺序把一组参数组合各运行一次，然后结束。',
    },
    takes: { types: ['choice'], nested: false },
    classArgs: {},
  },
]
