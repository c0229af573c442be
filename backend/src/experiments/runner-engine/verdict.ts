import type { ErrorBody } from '@secxops/protocol/errors'
import type { Trial, TrialState } from '@secxops/protocol/experiments'
import type { ExperimentEnd } from '../services.ts'
import { noResult } from './no-result.ts'
import type { TrialEnd } from './trial-run.ts'

export type EndState = 'succeeded' | 'failed' | 'cancelled' | 'stopped-early'

/** States of trials in NNI's words. */
export const NNI_EVENTS = {
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  cancelled: 'USER_CANCELED',
  'stopped-early': 'EARLY_STOPPED',
} as const

/** How a trial ended. `because`: why it was asked to end, if it was; `final`: the result it reported; `metric`: name of the objective. */
export function verdictOf(
  { well, error }: TrialEnd,
  { because, final, metric }: { because?: 'user' | 'assessor' | 'limit'; final?: number; metric: string },
): { state: EndState; error?: ErrorBody } {
  // One that had its result before the wish to end reached it has ended well, however its process then ended.
  if ((well || because !== undefined) && final !== undefined && Number.isFinite(final)) return { state: 'succeeded' }
  if (because !== undefined) return { state: because === 'user' ? 'cancelled' : 'stopped-early' }
  if (!well) return { state: 'failed', error }
  return { state: 'failed', error: noResult(metric, final) }
}

/** So many failures of one kind before any success, and a search is given up. */
const HOPELESS = 10

/** Notices that a search is of no use: from its start on all its trials fail alike. */
export class Failures {
  #alike: { message: string; count: number } | undefined = { message: '', count: 0 }

  /** Why to give up; undefined: go on. */
  count(state: TrialState, error: ErrorBody | undefined): ErrorBody | undefined {
    if (state === 'succeeded') this.#alike = undefined
    if (!this.#alike || state !== 'failed' || !error) return undefined
    const { message, count } = this.#alike
    this.#alike = { message: error.message, count: message === error.message ? count + 1 : 1 }
    if (this.#alike.count < HOPELESS) return undefined
    return { ...error, message: `The first ${HOPELESS} trials failed alike: ${error.message}` }
  }
}

/** A search without one result has failed, whatever ended it. */
export function endWith(end: ExperimentEnd, trials: readonly Trial[]): ExperimentEnd {
  const failed = trials.filter(({ state }) => state === 'failed')
  const last = failed.at(-1)
  if (end.state !== 'done' || !last || trials.some(({ state }) => state === 'succeeded')) return end
  const why = last.error ?? { code: 'command-failed' as const, message: 'It ended without a result.' }
  const all =
    failed.length === trials.length
      ? `all ${failed.length} trials failed`
      : `${failed.length} of ${trials.length} trials failed`
  return {
    state: 'failed',
    error: { ...why, message: `No trial has a result: ${all}. Trial ${last.number}: ${why.message}` },
  }
}
