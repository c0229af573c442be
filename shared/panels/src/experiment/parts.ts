import type { ExperimentDetail } from '@secxops/protocol/experiments'

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

/** The parts that an experiment has, in their order. `framed`: pages of the backend can be shown in frames. */
export function partsOf({ kind, page }: ExperimentDetail, framed: boolean): ExperimentPart[] {
  const found: ExperimentPart[] = kind === 'hpo' ? [] : ['found']
  const overParameters: ExperimentPart[] = kind === 'automl' ? [] : ['parallel', 'importance', 'slice']
  return [
    ...found,
    'trials',
    'curves',
    ...overParameters,
    'timeline',
    'compare',
    ...(framed && page ? (['nni'] as const) : []),
  ]
}
