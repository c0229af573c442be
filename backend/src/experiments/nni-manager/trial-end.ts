import type { Trial, TrialState } from '@secxops/protocol/experiments'

/** States behind the events with which NNI ends a trial. */
export const ENDS: Record<string, TrialState> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  USER_CANCELED: 'cancelled',
  SYS_CANCELED: 'cancelled',
  EARLY_STOPPED: 'stopped-early',
}

/** What is known when a trial ends. */
export interface EndFacts {
  state: TrialState
  /** It was neither the trial itself nor the user. */
  byManager: boolean
  /** Seconds. */
  lasted: number
  limit: number | undefined
  /** Values of the objective that it reported. */
  points: number
  /** What the assessor had against it; nothing when it was not the assessor. */
  stopped(): Trial['stopped']
}

/** How a trial ended. NNI has one word for what the assessor stopped and what took too long. */
export function trialEnd(facts: EndFacts): Pick<Trial, 'state' | 'stopped'> {
  const { state, byManager, lasted, limit, points } = facts
  if (byManager && limit !== undefined && lasted > limit)
    return {
      state: 'stopped-early',
      stopped: { rule: 'maxTrialDuration', step: points, value: lasted, limit },
    }
  const stopped = byManager ? facts.stopped() : undefined
  if (stopped) return { state: 'stopped-early', stopped }
  return { state: state === 'stopped-early' ? 'cancelled' : state }
}
