import type { Activity } from '../server/activity.ts'

/** Seconds after the last client at which the daemon leaves; `SECXOPS_IDLE_SECONDS` changes it. */
export function idleSeconds(env: NodeJS.ProcessEnv = process.env): number {
  const seconds = Number(env.SECXOPS_IDLE_SECONDS)
  return seconds > 0 ? seconds : 600
}

/** Calls `leave` once nobody has asked anything for `seconds` and no run is active. Answers the way to stop watching. */
export function watchIdle(
  activity: Activity,
  activeRuns: () => number,
  seconds: number,
  leave: () => void,
): () => void {
  const limit = seconds * 1000
  const timer = setInterval(
    () => {
      if (activity.idle() >= limit && activeRuns() === 0) leave()
    },
    Math.min(5000, limit / 4),
  )
  return () => clearInterval(timer)
}
