import './metrics.css'
import { type ReactNode, useMemo, useState } from 'react'
import { formatNumber } from '../i18n/format.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { keyed } from '../view/keyed.ts'
import { Scroll } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import { Chart } from './chart.tsx'
import { alignSeries, groupMetrics, type MetricGroup } from './series.ts'
import { METRICS } from './text.ts'
import { useMetrics } from './use-metrics.ts'

/** Live curves of attempts: one chart a metric, attempts as series, each with a table that says the same. Nothing without metrics. */
export function MetricsView({
  runId,
  targets,
}: {
  runId: string
  targets: { nodeId: string; attempt: number }[]
}): ReactNode {
  const t = useText(METRICS)
  const sources = useMetrics(runId, targets)
  const groups = useMemo(() => groupMetrics(sources), [sources])
  if (groups.length === 0) return null
  return (
    <Section title={t('metrics')}>
      <div className="sx-metrics">
        {groups.map((group) => (
          <MetricPanel key={group.name} group={group} />
        ))}
      </div>
    </Section>
  )
}

function MetricPanel({ group }: { group: MetricGroup }): ReactNode {
  const t = useText(METRICS)
  const locale = useLocale()
  const [asTable, setAsTable] = useState(false)
  const lasts = group.series.map((series) => ({
    label: series.label,
    value: formatNumber(series.values.at(-1) ?? 0, locale),
    step: series.steps.at(-1) ?? 0,
  }))
  return (
    <section className="sx-metric" aria-label={group.name}>
      <div className="sx-metric-head">
        <h3>{group.name}</h3>
        {group.finals.map((final) => (
          <strong key={final.label} className="sx-number">
            {group.finals.length > 1 ? `${final.label} ` : ''}
            {formatNumber(final.value, locale)} <span className="sx-dim">{t('final')}</span>
          </strong>
        ))}
        {lasts.length > 0 && (
          <IconButton
            icon={asTable ? 'chart' : 'outline'}
            label={asTable ? t('chart') : t('table')}
            onClick={() => setAsTable(!asTable)}
          />
        )}
      </div>
      {lasts.length > 0 &&
        (asTable ? (
          <MetricTable group={group} />
        ) : (
          <>
            <Chart
              series={group.series}
              label={t('summary', { name: group.name, series: lasts.map((last) => t('last', last)).join('; ') })}
            />
            <div className="sx-legend">
              {keyed(lasts).map(({ key, item, index }) => (
                <span key={key}>
                  <span className="sx-swatch" style={{ color: `var(--sx-series-${(index % 6) + 1})` }} />
                  {item.label} {item.value}
                </span>
              ))}
            </div>
          </>
        ))}
    </section>
  )
}

function MetricTable({ group }: { group: MetricGroup }): ReactNode {
  const t = useText(METRICS)
  const locale = useLocale()
  const { steps, values } = alignSeries(group.series)
  return (
    <Scroll label={group.name}>
      <table className="sx-table">
        <thead>
          <tr>
            <th scope="col" className="sx-number">
              {t('step')}
            </th>
            {group.series.map((series) => (
              <th key={series.label} scope="col" className="sx-number">
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(steps).map(({ key, item: step, index }) => (
            <tr key={key}>
              <td className="sx-number">{step}</td>
              {keyed(values).map(({ key, item }) => {
                const value = item[index]
                return (
                  <td key={key} className="sx-number">
                    {value === null || value === undefined ? '' : formatNumber(value, locale)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
