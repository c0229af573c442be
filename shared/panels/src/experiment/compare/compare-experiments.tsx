import { type ReactNode, useMemo } from 'react'
import { localError } from '../../i18n/error-text.ts'
import { formatDuration } from '../../i18n/format.ts'
import { useLocale, useText } from '../../i18n/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { useHost } from '../../ui/host-context.ts'
import { StateBadge } from '../../ui/state-badge.tsx'
import { useQuery } from '../../ui/use-client.ts'
import { Scroll } from '../../view/scroll.tsx'
import { Section } from '../../view/section.tsx'
import { ChartBox } from '../chart/chart-box.tsx'
import { Plot } from '../chart/plot.tsx'
import type { PlotLine } from '../chart/plot-model.ts'
import { bestSoFar } from '../curves/best-so-far.ts'
import { objectiveName } from '../data/columns.ts'
import type { ExperimentStore } from '../data/experiment-store.ts'
import { shortNumber } from '../data/short-number.ts'
import { useExperiment } from '../data/use-experiment.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { useOthers } from './use-others.ts'

/** As many lines as there are colours. */
const MOST = 6

/** This experiment and others the reader picks: how the best came about in each, and what it is. */
export function CompareExperiments(): ReactNode {
  const t = useText(EXPERIMENT)
  const { store, version } = useExperiment('detail', 'trials')
  const page = usePage()
  const list = useQuery('experiments.list', {})
  const picked = page.others.slice(0, MOST - 1)
  const { others, version: otherVersion } = useOthers(picked)
  const stores = useMemo(() => [store, ...others], [store, others])
  const offered = (list.data ?? []).filter(({ id }) => id !== store.id && !picked.includes(id))
  const lines = useMemo(
    () => (version + otherVersion >= 0 ? stores.flatMap(progressLine) : []),
    [stores, version, otherVersion],
  )
  const objectives = new Set(stores.flatMap(({ detail }) => (detail ? [JSON.stringify(detail.objective)] : [])))
  return (
    <Section
      title={t('experiments')}
      aside={
        offered.length > 0 &&
        picked.length < MOST - 1 && (
          <span className="sx-compare-add">
            <Select
              aria-label={t('addExperiment')}
              value=""
              onChange={(event) => page.set({ others: [...picked, event.currentTarget.value] })}
            >
              <option value="">{t('addExperiment')}</option>
              {offered.map(({ id, name, method, best }) => (
                <option key={id} value={id}>
                  {[name, method, best && shortNumber(best.value), id.slice(-6)].filter(Boolean).join(' · ')}
                </option>
              ))}
            </Select>
          </span>
        )
      }
    >
      {objectives.size > 1 && <p className="sx-dim">{t('otherObjectives')}</p>}
      <ExperimentRows stores={stores} onLeaveOut={(id) => page.set({ others: picked.filter((one) => one !== id) })} />
      {picked.length > 0 && (
        <div className="sx-compare-chart">
          <ChartBox
            title={t('bestByTrial')}
            twin={() => ({
              columns: [t('experiment'), t('trial'), t('bestSoFar')],
              rows: lines.flatMap((line) => Array.from(line.xs, (x, at) => [line.label, x, line.ys[at]])),
            })}
          >
            <Plot
              label={t('bestByTrialLabel', { n: lines.length })}
              axes={{ x: { name: t('trial'), whole: true }, y: { name: t('bestSoFar') } }}
              lines={lines}
              hint={(id) => lines.find((line) => line.id === id)?.label ?? ''}
            />
          </ChartBox>
        </div>
      )}
    </Section>
  )
}

/** The best so far of an experiment over its trials. */
function progressLine(store: ExperimentStore, index: number): PlotLine[] {
  if (!store.detail) return []
  const { best, numbers } = bestSoFar(store.trials.rows, store.detail.objective)
  const last = best.at(-1)
  if (!last) return []
  const points = [...best, { trial: numbers.at(-1) ?? last.trial, value: last.value }]
  return [
    {
      id: index + 1,
      label: `${store.detail.name} (${store.detail.method})`,
      xs: points.map(({ trial }) => trial),
      ys: points.map(({ value }) => value),
      look: index,
      steps: true,
    },
  ]
}

function ExperimentRows({
  stores,
  onLeaveOut,
}: {
  stores: readonly ExperimentStore[]
  onLeaveOut(id: string): void
}): ReactNode {
  const host = useHost()
  const t = useText(EXPERIMENT)
  const locale = useLocale()
  return (
    <Scroll label={t('experiments')}>
      <table className="sx-table">
        <thead>
          <tr>
            <th scope="col">{t('experiment')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('method')}</th>
            <th scope="col" className="sx-number">
              {t('best')}
            </th>
            <th scope="col" className="sx-number">
              {t('trials')}
            </th>
            <th scope="col" className="sx-number">
              {t('duration')}
            </th>
            <th scope="col">{t('bestParameters')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {stores.map(({ id, detail, error, trials }, index) => (
            <tr key={id}>
              <th scope="row">
                <span className="sx-swatch" style={{ color: `var(--sx-series-${index + 1})` }} />{' '}
                {index === 0 ? (
                  detail?.name
                ) : (
                  <Button kind="link" onClick={() => host.openView({ view: 'experiment', id })}>
                    {detail?.name ?? id}
                  </Button>
                )}
              </th>
              {detail ? (
                <>
                  <td>
                    <StateBadge state={detail.state} />
                  </td>
                  <td>{detail.method}</td>
                  <td className="sx-number" title={objectiveName(detail.objective, t('objective'))}>
                    {detail.best && shortNumber(detail.best.value)}
                  </td>
                  <td className="sx-number">{detail.trials.total}</td>
                  <td className="sx-number">{formatDuration(detail.duration * 1000)}</td>
                  <td className="sx-cell">
                    <code>
                      {[...(trials.get(detail.best?.trial ?? 0)?.cells ?? [])]
                        .map(([name, value]) => `${name}=${typeof value === 'number' ? shortNumber(value) : value}`)
                        .join(' ')}
                    </code>
                  </td>
                </>
              ) : (
                <td colSpan={6}>{error && localError(error, locale).message}</td>
              )}
              <td>
                {index > 0 && (
                  <IconButton
                    icon="close"
                    label={t('leaveOutExperiment', { name: detail?.name ?? id })}
                    onClick={() => onLeaveOut(id)}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
