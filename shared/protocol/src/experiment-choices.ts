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

/** Metrics of AutoML by problem, in AutoGluon's names. A score is always better when it is higher: errors are negative. */
export const AUTOML_METRICS = {
  binary: [
    'accuracy',
    'average_precision',
    'balanced_accuracy',
    'f1',
    'f1_macro',
    'f1_micro',
    'f1_weighted',
    'log_loss',
    'mcc',
    'precision',
    'precision_macro',
    'precision_micro',
    'precision_weighted',
    'quadratic_kappa',
    'recall',
    'recall_macro',
    'recall_micro',
    'recall_weighted',
    'roc_auc',
  ],
  multiclass: [
    'accuracy',
    'balanced_accuracy',
    'f1_macro',
    'f1_micro',
    'f1_weighted',
    'log_loss',
    'mcc',
    'precision_macro',
    'precision_micro',
    'precision_weighted',
    'quadratic_kappa',
    'recall_macro',
    'recall_micro',
    'recall_weighted',
    'roc_auc_ovo',
    'roc_auc_ovo_weighted',
    'roc_auc_ovr',
    'roc_auc_ovr_micro',
    'roc_auc_ovr_weighted',
  ],
  regression: [
    'mean_absolute_error',
    'mean_absolute_percentage_error',
    'mean_squared_error',
    'median_absolute_error',
    'pearsonr',
    'r2',
    'root_mean_squared_error',
    'smape',
    'spearmanr',
  ],
} as const
