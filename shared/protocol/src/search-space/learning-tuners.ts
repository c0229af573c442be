import { ALL, type Argument, optimizeMode, RANGES, seed, type Tuner } from './algorithm.ts'

const tpeArguments: Record<string, Argument> = {
  constant_liar_type: {
    type: 'choice',
    choices: ['best', 'worst', 'mean'],
    nullable: true,
    default: 'best',
    words: {
      en: 'Result that running trials are taken to have: best suits few trials, worst suits many; null: running trials are not looked at.',
      zh: '对仍在运行的试验假定的结果：试验少时用 best，多时用 worst；null 表示不考虑。',
    },
  },
  n_startup_jobs: {
    type: 'integer',
    minimum: 1,
    default: 20,
    words: { en: 'First trials that are drawn at random.', zh: '最初随机抽取的试验数。' },
  },
  n_ei_candidates: {
    type: 'integer',
    minimum: 1,
    default: 24,
    words: { en: 'Candidates from which each next value is chosen.', zh: '每次从多少个候选值中选择。' },
  },
  linear_forgetting: {
    type: 'integer',
    minimum: 1,
    default: 25,
    words: { en: 'After how many trials an old one counts less.', zh: '多少次试验之后旧试验的权重开始降低。' },
  },
  prior_weight: {
    type: 'number',
    minimum: 0,
    default: 1,
    words: { en: 'How much the space itself counts against what was found.', zh: '搜索空间本身相对于已有结果的权重。' },
  },
  gamma: {
    type: 'number',
    minimum: 0,
    exclusive: true,
    default: 0.25,
    words: {
      en: 'How many trials count as good: gamma × √ of their number.',
      zh: '多少试验算作“好”：gamma × 试验数的平方根。',
    },
  },
}

/** Arguments of the two tuners that hyperopt makes. */
const hyperopt: Record<string, Argument> = {
  optimize_mode: optimizeMode('minimize'),
  parallel_optimize: {
    type: 'boolean',
    default: false,
    words: { en: 'Takes running trials into account.', zh: '考虑仍在运行的试验。' },
  },
  constant_liar_type: {
    type: 'choice',
    choices: ['min', 'max', 'mean'],
    default: 'min',
    words: {
      en: 'Result that running trials are taken to have; with parallel_optimize only.',
      zh: '对仍在运行的试验假定的结果；仅在 parallel_optimize 时有效。',
    },
  },
}

const coldStart: Argument = {
  type: 'integer',
  minimum: 1,
  default: 10,
  words: { en: 'First trials that are drawn at random.', zh: '最初随机抽取的试验数。' },
}

/** Tuners that learn from finished trials which values to draw. */
export const LEARNING_TUNERS: readonly Tuner[] = [
  {
    name: 'TPE',
    summary: {
      en: 'Learns which values were in good trials and draws near them. The one to begin with: light, takes every space.',
      zh: '学习好的试验所用的取值并在其附近抽取。首选：轻量，支持所有空间。',
    },
    notes: [
      {
        en: 'Looks at each parameter by itself; randint and choice have no order for it: for whole numbers in order use quniform with q = 1.',
        zh: '逐个参数考虑；它认为 randint 和 choice 无序：有序整数请用 q = 1 的 quniform。',
      },
    ],
    takes: ALL,
    classArgs: {
      optimize_mode: optimizeMode('minimize'),
      seed,
      tpe_args: {
        type: 'map',
        fields: tpeArguments,
        words: { en: 'How TPE itself works.', zh: 'TPE 自身的参数。' },
      },
    },
  },
  {
    name: 'Anneal',
    summary: {
      en: 'Draws at random at first, then nearer and nearer to the best trials.',
      zh: '先随机抽取，然后越来越靠近最好的试验。',
    },
    takes: ALL,
    classArgs: hyperopt,
  },
  {
    name: 'Evolution',
    summary: {
      en: 'Keeps a population and changes one parameter of the better of two. Needs many trials.',
      zh: '维持一个种群，每次改变两者中较好者的一个参数。需要许多试验。',
    },
    takes: ALL,
    classArgs: {
      optimize_mode: optimizeMode('maximize'),
      population_size: {
        type: 'integer',
        minimum: 1,
        maximum: 99_999,
        default: 32,
        words: { en: 'Trials of the first, random generation.', zh: '第一代（随机）的试验数。' },
      },
    },
  },
  {
    name: 'Metis',
    aliases: ['MetisTuner'],
    summary: {
      en: 'Gaussian process that weighs trying out against going on. Much computing for each trial; for few, expensive ones.',
      zh: '权衡探索与利用的高斯过程。每次试验计算量大；适合少量昂贵的试验。',
    },
    takes: { types: ['choice', 'randint', 'uniform', 'quniform'], nested: false, numbersOnly: true },
    classArgs: {
      optimize_mode: optimizeMode('maximize'),
      no_resampling: {
        type: 'boolean',
        default: true,
        words: { en: 'Never tries the same parameters again.', zh: '不重复尝试相同的参数。' },
      },
      no_candidates: {
        type: 'boolean',
        default: false,
        words: { en: 'Proposes nothing but the predicted optimum.', zh: '只给出预测的最优值。' },
      },
      selection_num_starting_points: {
        type: 'integer',
        minimum: 1,
        default: 600,
        words: { en: 'Points from which the optimum is searched.', zh: '搜索最优值的起点数。' },
      },
      cold_start_num: coldStart,
      exploration_probability: {
        type: 'number',
        minimum: 0,
        maximum: 1,
        default: 0.9,
        words: { en: 'Share of trials that try out something new.', zh: '用于探索的试验比例。' },
      },
    },
  },
  {
    name: 'GP',
    aliases: ['GPTuner'],
    summary: {
      en: 'Gaussian process: learns how parameters work together. For up to some hundred trials of numbers.',
      zh: '高斯过程：学习参数之间的共同作用。适合数百次以内、参数为数字的试验。',
    },
    takes: RANGES,
    classArgs: {
      optimize_mode: optimizeMode('maximize'),
      utility: {
        type: 'choice',
        choices: ['ei', 'ucb', 'poi'],
        default: 'ei',
        words: {
          en: 'What the next trial is chosen by: expected improvement, upper confidence bound, probability of improvement.',
          zh: '选择下一个试验的依据：期望提升、置信上界、提升概率。',
        },
      },
      kappa: {
        type: 'number',
        minimum: 0,
        default: 5,
        words: { en: 'With ucb: larger tries out more.', zh: '用于 ucb：越大探索越多。' },
      },
      xi: {
        type: 'number',
        minimum: 0,
        default: 0,
        words: { en: 'With ei and poi: larger tries out more.', zh: '用于 ei 和 poi：越大探索越多。' },
      },
      nu: {
        type: 'number',
        minimum: 0,
        exclusive: true,
        default: 2.5,
        words: { en: 'Smoothness that results are taken to have.', zh: '假定结果的平滑程度。' },
      },
      alpha: {
        type: 'number',
        minimum: 0,
        exclusive: true,
        default: 1e-6,
        words: { en: 'Noise that results are taken to have.', zh: '假定结果的噪声。' },
      },
      cold_start_num: coldStart,
      selection_num_warm_up: {
        type: 'integer',
        minimum: 1,
        default: 100_000,
        words: {
          en: 'Random points among which the next trial is looked for.',
          zh: '在多少个随机点中寻找下一个试验。',
        },
      },
      selection_num_starting_points: {
        type: 'integer',
        minimum: 1,
        default: 250,
        words: { en: 'Points from which it is searched further.', zh: '进一步搜索的起点数。' },
      },
    },
  },
  {
    name: 'TPE_legacy',
    summary: {
      en: "hyperopt's TPE, as NNI had it before. TPE is the better one.",
      zh: 'NNI 早期所用的 hyperopt TPE。建议用 TPE。',
    },
    takes: ALL,
    classArgs: hyperopt,
  },
  {
    name: 'SMAC',
    summary: {
      en: 'Learns by random forests; good at choices.',
      zh: '用随机森林学习；擅长 choice。',
    },
    needs: {
      en: 'It needs smac4nni and ConfigSpaceNNI, which are built with swig and exist for old versions of Python only.',
      zh: '需要 smac4nni 和 ConfigSpaceNNI，二者须用 swig 编译，且只支持旧版 Python。',
    },
    takes: { types: ['choice', 'randint', 'uniform', 'quniform', 'loguniform'], nested: false },
    classArgs: {
      optimize_mode: optimizeMode('maximize'),
      config_dedup: {
        type: 'boolean',
        default: false,
        words: { en: 'Never proposes the same parameters again.', zh: '不重复给出相同的参数。' },
      },
    },
  },
  {
    name: 'DNGO',
    aliases: ['DNGOTuner'],
    summary: {
      en: 'Learns by a neural network, like GP, but for thousands of trials.',
      zh: '用神经网络学习，类似 GP，但适合数千次试验。',
    },
    needs: { en: 'It needs PyTorch and pybnn.', zh: '需要 PyTorch 和 pybnn。' },
    takes: RANGES,
    classArgs: {
      optimize_mode: optimizeMode('maximize'),
      sample_size: {
        type: 'integer',
        minimum: 1,
        default: 1000,
        words: { en: 'Candidates from which each next trial is chosen.', zh: '每次从多少个候选中选择。' },
      },
      trials_per_update: {
        type: 'integer',
        minimum: 1,
        default: 20,
        words: { en: 'Learns anew after this many trials.', zh: '每多少次试验重新学习一次。' },
      },
      num_epochs_per_training: {
        type: 'integer',
        minimum: 1,
        default: 500,
        words: { en: 'Epochs of the network each time.', zh: '每次训练网络的轮数。' },
      },
    },
  },
]
