import type { ServerEvent } from '@secxops/protocol/events'
import type { Attempt, NodeState, Run, RunNode } from '@secxops/protocol/run'

/** The run after an event; the same object when the event is not about it or is older news. */
export function applyEvent(run: Run, event: ServerEvent): Run {
  if (event.type === 'run' && event.run.id === run.id && event.run.seq >= run.seq) return { ...run, ...event.run }
  if (event.type === 'node' && event.runId === run.id && event.seq >= run.seq) {
    const known = run.nodes.some((node) => node.id === event.node.id)
    const nodes = known
      ? run.nodes.map((node) => (node.id === event.node.id ? event.node : node))
      : [...run.nodes, event.node]
    return { ...run, seq: event.seq, nodes }
  }
  return run
}

/** True while something may still happen by itself. */
export const isActive = (run: { state: Run['state'] } | undefined): boolean =>
  run?.state === 'running' || run?.state === 'cancelling'

/** Nodes whose Continue would do something: failed, cancelled, or marked stale. */
export function canContinue(run: Run): boolean {
  return (
    run.state !== 'cancelling' &&
    run.nodes.some((node) => node.state === 'failed' || node.state === 'cancelled' || node.stale.length > 0)
  )
}

/** The node a reader wants to see first: the first failed, else the first running, else the last that ran, else the first. */
export function firstInterest(run: Run): string | undefined {
  const by = (state: NodeState): RunNode | undefined => run.nodes.find((node) => node.state === state)
  const ran = run.nodes.filter((node) => node.attempts.length > 0).at(-1)
  return (by('failed') ?? by('running') ?? ran ?? run.nodes[0])?.id
}

/** Milliseconds an attempt took, or takes until `now`. */
export function elapsed(attempt: { startedAt: string; endedAt?: string; duration?: number }, now: number): number {
  if (attempt.duration !== undefined) return attempt.duration
  const end = attempt.endedAt ? Date.parse(attempt.endedAt) : now
  return Math.max(0, end - Date.parse(attempt.startedAt))
}

/** Work of the run so far in milliseconds: the periods that have ended, and the present one until `now`. */
export function runElapsed(
  run: { state: Run['state']; createdAt: string; continuedAt?: string; endedAt?: string; duration?: number },
  now: number,
): number {
  if (!isActive(run)) return elapsed({ startedAt: run.createdAt, endedAt: run.endedAt, duration: run.duration }, now)
  return (run.duration ?? 0) + elapsed({ startedAt: run.continuedAt ?? run.createdAt }, now)
}

export interface Bar {
  attempt: Attempt
  /** Share of the time axis, 0 to 1. */
  left: number
  width: number
}

export interface TimelineRow {
  node: RunNode
  bars: Bar[]
}

/** Bars of every attempt over the span from the run's start to its end (or now). A reused attempt has no bar. */
export function timeline(run: Run, now: number): { rows: TimelineRow[]; span: number } {
  const starts = run.nodes.flatMap((node) => node.attempts.map((attempt) => Date.parse(attempt.startedAt)))
  const begin = Math.min(Date.parse(run.createdAt), ...starts)
  const ends = run.nodes.flatMap((node) =>
    node.attempts.map((attempt) => Date.parse(attempt.startedAt) + elapsed(attempt, now)),
  )
  const end = Math.max(begin + 1, run.endedAt ? Date.parse(run.endedAt) : begin, isActive(run) ? now : begin, ...ends)
  const span = end - begin
  const rows = run.nodes.map((node) => ({
    node,
    bars: node.attempts
      .filter((attempt) => !attempt.reused)
      .map((attempt) => ({
        attempt,
        left: (Date.parse(attempt.startedAt) - begin) / span,
        width: elapsed(attempt, now) / span,
      })),
  }))
  return { rows, span }
}

/** Command line words so that a shell reads them back as they are. */
export function shellLine(argv: string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
}
