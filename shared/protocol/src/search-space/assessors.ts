import { type Algorithm, optimizeMode } from './algorithm.ts'

/** The assessors of NNI: they stop trials that will hardly become good. */
export const ASSESSORS: readonly Algorithm[] = [
  {
    name: 'Medianstop',
    summary: {
      en: 'Stops a trial whose best value so far is worse than the median of what finished trials had on average up to the same report.',
      zh: '如果一个试验目前的最好值比已完成试验在同一次上报之前平均值的中位数还差，就停止它。',
    },
    notes: [
      {
        en: 'Does nothing before a first trial has finished. Trials must report on the way, all at the same rhythm.',
        zh: '在第一个试验完成之前不起作用。试验必须在过程中上报，且节奏一致。',
      },
    ],
    classArgs: {
      optimize_mode: optimizeMode('maximize'),
      start_step: {
        type: 'integer',
        minimum: 0,
        maximum: 9999,
        default: 0,
        words: {
          en: 'Reports of a trial that are let pass before it is judged.',
          zh: '一个试验在被评判之前放行的上报次数。',
        },
      },
    },
  },
  {
    name: 'Curvefitting',
    growing: true,
    summary: {
      en: 'Predicts from the curve so far what a trial will have reached at epoch_num, and stops it where that is below threshold × the best.',
      zh: '根据目前的曲线预测试验在 epoch_num 时能达到的值，若低于 threshold × 最好值就停止。',
    },
    notes: [
      {
        en: 'For values between 0 and 1 that grow, like accuracy; never for a loss. It computes seconds for each report.',
        zh: '只适用于 0 到 1 之间增长的值，例如准确率；不能用于损失。每次上报需计算数秒。',
      },
    ],
    classArgs: {
      epoch_num: {
        type: 'integer',
        minimum: 1,
        maximum: 9999,
        default: 20,
        required: true,
        words: { en: 'Reports that a whole trial makes.', zh: '一个完整试验的上报次数。' },
      },
      start_step: {
        type: 'integer',
        minimum: 1,
        maximum: 9999,
        default: 6,
        words: { en: 'Reports of a trial before it is judged.', zh: '一个试验在被评判之前的上报次数。' },
      },
      threshold: {
        type: 'number',
        minimum: 0,
        exclusive: true,
        maximum: 9999,
        default: 0.95,
        words: { en: 'Share of the best that it must be expected to reach.', zh: '预期须达到最好值的比例。' },
      },
      gap: {
        type: 'integer',
        minimum: 1,
        maximum: 9999,
        default: 1,
        words: { en: 'Judged at every this many reports.', zh: '每隔多少次上报评判一次。' },
      },
    },
  },
]
