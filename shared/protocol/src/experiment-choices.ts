/** Words of experiment files that forms offer; apart from the schemas, so that a page carries no validator. */

export const NAS_STRATEGIES = [
  'random',
  'grid',
  'evolution',
  'tpe',
  'darts',
  'gumbel-darts',
  'proxyless',
  'enas',
  'random-one-shot',
  'p-darts',
] as const

export const AUTOML_PRESETS = [
  'best_quality',
  'high_quality',
  'good_quality',
  'medium_quality',
  'optimize_for_deployment',
] as const

/** Of those, the ones that train all architectures at once, in one trial; their evaluator is a Lightning one. */
export const ONE_SHOT_STRATEGIES = ['darts', 'gumbel-darts', 'proxyless', 'enas', 'random-one-shot', 'p-darts'] as const
