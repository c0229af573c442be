import type { ExperimentRecord } from '../services.ts'

/** A timer can't wait longer. */
const LONGEST = 2 ** 31 - 1

export const later = (milliseconds: number, work: () => void): NodeJS.Timeout =>
  setTimeout(work, Math.min(Math.max(0, milliseconds), LONGEST))

/** Milliseconds until a search starts no trial any more; `began`: when it was started this time. */
export function timeLeft({ settings, duration }: ExperimentRecord, began: number): number {
  const limit = settings.maxExperimentDuration
  return typeof limit === 'number' ? limit * 1000 - duration - (Date.now() - began) : Number.POSITIVE_INFINITY
}

/** Calls `over` with the seconds it has run when a trial is at its limit of time, if there is one. */
export function limitTrial(
  { settings }: ExperimentRecord,
  startedAt: string,
  over: (seconds: number, limit: number) => void,
): NodeJS.Timeout | undefined {
  const limit = settings.maxTrialDuration
  if (typeof limit !== 'number') return undefined
  const elapsed = (): number => (Date.now() - Date.parse(startedAt)) / 1000
  return later((limit - elapsed()) * 1000, () => over(elapsed(), limit))
}
