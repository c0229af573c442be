/** Parts of the page of an experiment, one at a time in front; `found`: what an architecture search or AutoML found. */
export const EXPERIMENT_PARTS = [
  'found',
  'trials',
  'curves',
  'parallel',
  'importance',
  'slice',
  'timeline',
  'compare',
  'nni',
] as const
export type ExperimentPart = (typeof EXPERIMENT_PARTS)[number]
