import type { TrialRow } from '../data/trial-list.ts'

/** When a trial ran, in milliseconds since the epoch, and beside which others: lanes count from 0. */
export interface TimedTrial {
  row: TrialRow
  from: number
  to: number
  lane: number
}

/** Puts each trial into the lowest lane that is free when it starts: as many lanes as trials ran at once. */
export function lanesOf(rows: readonly TrialRow[], now: number): { trials: TimedTrial[]; lanes: number } {
  const trials = rows
    .flatMap((row): TimedTrial[] => {
      const { startedAt, endedAt } = row.trial
      return startedAt ? [{ row, from: Date.parse(startedAt), to: endedAt ? Date.parse(endedAt) : now, lane: 0 }] : []
    })
    .sort((a, b) => a.from - b.from)
  const free: number[] = []
  for (const trial of trials) {
    const lane = free.findIndex((end) => end <= trial.from)
    trial.lane = lane < 0 ? free.length : lane
    free[trial.lane] = trial.to
  }
  return { trials, lanes: free.length }
}
