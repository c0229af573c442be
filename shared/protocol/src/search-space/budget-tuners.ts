import { FLAT, optimizeMode, type Tuner } from './algorithm.ts'

const budgetNote = (more: { en: string; zh: string }): { en: string; zh: string } => ({
  en: `Trials get one parameter more, TRIAL_BUDGET: how long to train, ${more.en}. A trial that does not look at it is trained as long as the others.`,
  zh: `试验会多得到一个参数 TRIAL_BUDGET：训练多久，${more.zh}。不读取它的试验与其他试验训练得一样久。`,
})

/** Tuners that train in steps: they hand out budgets or checkpoints besides parameters. */
export const BUDGET_TUNERS: readonly Tuner[] = [
  {
    name: 'Hyperband',
    summary: {
      en: 'Trains many trials shortly and the best of them longer, over and over.',
      zh: '先短时间训练许多试验，再逐轮延长其中最好的。',
    },
    notes: [budgetNote({ en: 'from 1 to R', zh: '从 1 到 R' })],
    advisor: true,
    adds: ['TRIAL_BUDGET'],
    takes: FLAT,
    classArgs: {
      optimize_mode: optimizeMode('maximize'),
      R: {
        type: 'integer',
        minimum: 1,
        default: 60,
        words: { en: 'Largest budget of a trial, e.g. epochs.', zh: '一次试验的最大预算，例如轮数。' },
      },
      eta: {
        type: 'integer',
        minimum: 2,
        default: 3,
        words: {
          en: 'One of eta trials goes on, with eta times the budget.',
          zh: '每 eta 个试验保留一个，预算变为 eta 倍。',
        },
      },
      exec_mode: {
        type: 'choice',
        choices: ['parallelism', 'serial'],
        default: 'parallelism',
        words: { en: 'serial: one bracket after the other.', zh: 'serial：一个括号（bracket）结束后再开始下一个。' },
      },
    },
  },
  {
    name: 'BOHB',
    summary: {
      en: 'Hyperband that learns from trials which values to draw.',
      zh: '能从试验中学习取值的 Hyperband。',
    },
    notes: [budgetNote({ en: 'from min_budget to max_budget', zh: '从 min_budget 到 max_budget' })],
    advisor: true,
    adds: ['TRIAL_BUDGET'],
    takes: FLAT,
    classArgs: {
      optimize_mode: optimizeMode('maximize'),
      min_budget: {
        type: 'integer',
        minimum: 1,
        maximum: 9999,
        default: 1,
        words: { en: 'Smallest budget of a trial.', zh: '一次试验的最小预算。' },
      },
      max_budget: {
        type: 'integer',
        minimum: 1,
        maximum: 9999,
        default: 3,
        words: { en: 'Largest budget of a trial; above min_budget.', zh: '一次试验的最大预算；须大于 min_budget。' },
      },
      eta: {
        type: 'integer',
        minimum: 2,
        maximum: 9999,
        default: 3,
        words: {
          en: 'One of eta trials goes on, with eta times the budget.',
          zh: '每 eta 个试验保留一个，预算变为 eta 倍。',
        },
      },
      min_points_in_model: {
        type: 'integer',
        minimum: 1,
        maximum: 9999,
        nullable: true,
        default: null,
        words: {
          en: 'Trials before it begins to learn. Default: one more than there are parameters.',
          zh: '开始学习之前的试验数。默认比参数个数多一。',
        },
      },
      top_n_percent: {
        type: 'integer',
        minimum: 1,
        maximum: 99,
        default: 15,
        words: { en: 'Percent of trials that count as good.', zh: '算作“好”的试验所占百分比。' },
      },
      num_samples: {
        type: 'integer',
        minimum: 1,
        maximum: 9999,
        default: 64,
        words: { en: 'Candidates from which each next trial is chosen.', zh: '每次从多少个候选中选择。' },
      },
      random_fraction: {
        type: 'number',
        minimum: 0,
        maximum: 1,
        default: 1 / 3,
        words: { en: 'Share of trials that stay random.', zh: '保持随机的试验比例。' },
      },
      bandwidth_factor: {
        type: 'number',
        minimum: 0,
        exclusive: true,
        default: 3,
        words: { en: 'How far around good trials it draws.', zh: '在好的试验周围抽取的范围。' },
      },
      min_bandwidth: {
        type: 'number',
        minimum: 0,
        exclusive: true,
        default: 0.001,
        words: { en: 'Least distance, so that it does not get stuck.', zh: '最小范围，避免停滞。' },
      },
    },
  },
  {
    name: 'PBT',
    aliases: ['PBTTuner'],
    summary: {
      en: 'A population that trains step by step: bad members go on from the checkpoints of good ones with changed parameters.',
      zh: '逐步训练的种群：差的成员从好的成员的检查点继续，并改变参数。',
    },
    notes: [
      {
        en: 'Each trial trains one step: it loads from load_checkpoint_dir, where there is something, and saves to save_checkpoint_dir; both are among its parameters.',
        zh: '每个试验训练一步：若 load_checkpoint_dir 中有内容则从中加载，并保存到 save_checkpoint_dir；两者都在参数中。',
      },
    ],
    population: true,
    adds: ['load_checkpoint_dir', 'save_checkpoint_dir'],
    takes: FLAT,
    classArgs: {
      optimize_mode: optimizeMode('maximize'),
      all_checkpoint_dir: {
        type: 'text',
        nullable: true,
        default: null,
        words: {
          en: 'Folder of the checkpoints. Default: one of the experiment.',
          zh: '检查点的文件夹。默认使用实验自己的文件夹。',
        },
      },
      population_size: {
        type: 'integer',
        minimum: 1,
        maximum: 99_999,
        default: 10,
        words: {
          en: 'Members of the population; each step is as many trials.',
          zh: '种群成员数；每一步就是这么多个试验。',
        },
      },
      factor: {
        type: 'number',
        minimum: 0,
        exclusive: true,
        default: 0.2,
        words: { en: 'How far a value is changed, as a share of its range.', zh: '取值改变的幅度，占其范围的比例。' },
      },
      resample_probability: {
        type: 'number',
        minimum: 0,
        maximum: 1,
        default: 0.25,
        words: { en: 'How often a value is drawn anew instead.', zh: '改为重新抽取的概率。' },
      },
      fraction: {
        type: 'number',
        minimum: 0,
        maximum: 0.5,
        exclusive: true,
        default: 0.2,
        words: { en: 'Share of the population that is replaced at each step.', zh: '每一步被替换的种群比例。' },
      },
    },
  },
]
