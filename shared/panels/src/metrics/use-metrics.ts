import type { Client } from '@secxops/client/client'
import { useEffect, useState } from 'react'
import { useHost } from '../ui/host-context.ts'
import { type MetricTarget, readMetrics } from './metric-reader.ts'
import type { MetricSource } from './series.ts'

/** Metrics of several attempts, live. Targets that stay are read again only when a lost backend came back. */
export function useMetrics(runId: string, targets: { nodeId: string; attempt: number }[]): MetricSource[] {
  const { client } = useHost()
  const [found, setFound] = useState(new Map<string, MetricSource>())
  const round = useReturns(client)
  const key = [round, ...targets.map((target) => `${target.nodeId}/${target.attempt}`)].join(' ')
  useEffect(() => {
    const stop = new AbortController()
    for (const part of key.split(' ').slice(1)) {
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

/** Counts how often the backend came back after it was lost: a wait that it held before may never be answered. */
function useReturns(client: Client): number {
  const [returns, setReturns] = useState(0)
  useEffect(() => {
    let lost = client.connection.state === 'lost'
    return client.subscribe({
      connection: ({ state }, fresh) => {
        if (fresh && lost) setReturns((n) => n + 1)
        lost = state === 'lost' || (lost && !fresh)
      },
    })
  }, [client])
  return returns
}
