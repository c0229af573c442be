import { useEffect, useState } from 'react'
import { useHost } from '../ui/host-context.ts'
import { type MetricTarget, readMetrics } from './metric-reader.ts'
import type { MetricSource } from './series.ts'

/** Metrics of several attempts, live. Targets that stay are not read again. */
export function useMetrics(runId: string, targets: { nodeId: string; attempt: number }[]): MetricSource[] {
  const { client } = useHost()
  const [found, setFound] = useState(new Map<string, MetricSource>())
  const key = targets.map((target) => `${target.nodeId}/${target.attempt}`).join(' ')
  useEffect(() => {
    const stop = new AbortController()
    for (const part of key.split(' ').filter(Boolean)) {
      const slash = part.lastIndexOf('/')
      const target: MetricTarget = { runId, nodeId: part.slice(0, slash), attempt: Number(part.slice(slash + 1)) }
      void readMetrics(client, target, stop.signal, (metrics) =>
        setFound((old) => new Map(old).set(part, { nodeId: target.nodeId, attempt: target.attempt, metrics })),
      )
    }
    return () => stop.abort()
  }, [client, runId, key])
  return targets.flatMap((target) => found.get(`${target.nodeId}/${target.attempt}`) ?? [])
}
