import type { Client } from '@secxops/client/client'
import type { Metric } from '@secxops/protocol/run'

/** Seconds the backend may hold an answer until there is more. */
const WAIT = 25

export interface MetricTarget {
  runId: string
  nodeId: string
  attempt: number
}

/**
 * Reads the metrics of an attempt and goes on until it has ended and everything is read. `report` gets all of them so far.
 * A failed read is tried again after two seconds; ends quietly when `signal` aborts.
 */
export async function readMetrics(
  client: Client,
  { runId, nodeId, attempt }: MetricTarget,
  signal: AbortSignal,
  report: (metrics: Metric[]) => void,
): Promise<void> {
  let all: Metric[] = []
  let offset = 0
  while (!signal.aborted) {
    try {
      const answer = await client.call(
        'runs.metrics',
        { params: { id: runId, node: nodeId, attempt }, query: { offset, wait: offset > 0 ? WAIT : 0 } },
        { signal },
      )
      if (signal.aborted) return
      const moved = answer.next > offset
      offset = answer.next
      if (answer.metrics.length > 0) {
        all = [...all, ...answer.metrics]
        report(all)
      }
      if (answer.complete) return
      if (!moved) await pause(1000, signal)
    } catch {
      await pause(2000, signal)
    }
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
