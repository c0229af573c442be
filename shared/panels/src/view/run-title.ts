import type { RunSummary } from '@secxops/protocol/run'

/**
 * What tells the tabs of runs apart: the workflow and when the run started, with the day where that is not today. `now`: milliseconds
 * since the epoch.
 */
export function runTitle({ workflow, createdAt }: Pick<RunSummary, 'workflow' | 'createdAt'>, now: number): string {
  const started = new Date(createdAt)
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${two(started.getMonth() + 1)}-${two(started.getDate())} `
  const today = started.toDateString() === new Date(now).toDateString()
  return `${workflow} · ${today ? '' : day}${two(started.getHours())}:${two(started.getMinutes())}`
}
