import type { Metric } from '@secxops/protocol/run'
import { type ReactNode, useEffect, useState } from 'react'
import { formatNumber } from '../i18n/format.ts'
import { readMetrics } from '../metrics/metric-reader.ts'
import { Button } from '../ui/button.tsx'
import { useCanvas } from './canvas.ts'
import { Section } from './inspector.tsx'
import { useRun, useRunNode } from './use-run.ts'

/** Newest value of each metric that the node's newest attempt reported, and the way to their curves. */
export function NodeMetrics({ id }: { id: string }): ReactNode {
  const run = useRun()
  const attempt = useRunNode(id)?.attempts.at(-1)?.number
  if (!run || attempt === undefined) return null
  return <Values key={`${run.id}/${attempt}`} runId={run.id} nodeId={id} attempt={attempt} />
}

function Values({ runId, nodeId, attempt }: { runId: string; nodeId: string; attempt: number }): ReactNode {
  const { host, t, locale } = useCanvas()
  const { client } = host
  const [metrics, setMetrics] = useState<Metric[]>([])
  useEffect(() => {
    const abort = new AbortController()
    void readMetrics(client, { runId, nodeId, attempt }, abort.signal, setMetrics)
    return () => abort.abort()
  }, [client, runId, nodeId, attempt])
  if (metrics.length === 0) return null
  const newest = new Map(metrics.map(({ name, value }) => [name, value]))
  return (
    <Section
      title={t('metrics')}
      tools={
        <Button kind="link" onClick={() => host.openView({ view: 'run', runId, nodeId })}>
          {t('curves')}
        </Button>
      }
    >
      <dl className="sx-node-metrics">
        {[...newest].map(([name, value]) => (
          <div key={name} className="sx-row">
            <dt className="sx-ellipsis" title={name}>
              {name}
            </dt>
            <dd className="sx-number">{formatNumber(value, locale)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
