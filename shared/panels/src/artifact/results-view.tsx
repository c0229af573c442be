import { type Result, type Results, readResults } from '@secxops/client/results'
import type { ArtifactDetail } from '@secxops/protocol/library'
import { formatValue } from '@secxops/protocol/value'
import { type ReactNode, useEffect, useState } from 'react'
import { formatNumber } from '../i18n/format.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { Facts, Section } from '../view/section.tsx'
import { ARTIFACT } from './text.ts'

/** How good a version is and what made it so: metrics of its maker and of its users, parameters of its maker. */
export function ResultsView({ detail }: { detail: ArtifactDetail }): ReactNode {
  const host = useHost()
  const t = useText(ARTIFACT)
  const locale = useLocale()
  const [results, setResults] = useState<Results>()
  useEffect(() => {
    const abort = new AbortController()
    void readResults(host.client, detail, abort.signal).then((read) => !abort.signal.aborted && setResults(read))
    return () => abort.abort()
  }, [host, detail])
  const shown = [results?.maker, ...(results?.users ?? [])].filter((one) => one && Object.keys(one.metrics).length > 0)
  const parameters = Object.entries(results?.maker?.attempt.parameters ?? {})
  const row = (result: Result): ReactNode => (
    <li key={`${result.runId} ${result.nodeId}`}>
      <Button kind="link" onClick={() => host.openView({ view: 'run', runId: result.runId, nodeId: result.nodeId })}>
        {t('nodeOf', { node: result.nodeId, workflow: result.workflow })}
      </Button>
      {Object.entries(result.metrics).map(([name, value]) => (
        <span key={name} className="sx-number">{`${name} ${formatNumber(value, locale)}`}</span>
      ))}
    </li>
  )
  return (
    <>
      {shown.length > 0 && (
        <Section title={t('metrics')}>
          <ul className="sx-list" aria-label={t('metrics')}>
            {shown.map((result) => result && row(result))}
          </ul>
        </Section>
      )}
      {parameters.length > 0 && (
        <Section title={t('parameters')}>
          <Facts rows={parameters.map(([name, value]) => [name, <code key={name}>{formatValue(value)}</code>])} />
        </Section>
      )}
    </>
  )
}
