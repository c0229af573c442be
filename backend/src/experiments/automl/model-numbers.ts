import type { Trial } from '@secxops/protocol/experiments'

/** Numbers of trials by the model that each fitted. */
export const modelNumbers = (trials: readonly Trial[]): Map<string, number> =>
  new Map(trials.flatMap(({ number, parameters: { model } }) => (typeof model === 'string' ? [[model, number]] : [])))
