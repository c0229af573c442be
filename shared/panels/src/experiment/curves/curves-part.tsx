import './curves.css'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { EmptyState, Skeleton } from '../../ui/feedback.tsx'
import { Select } from '../../ui/field.tsx'
import { ChartBox } from '../chart/chart-box.tsx'
import { Plot } from '../chart/plot.tsx'
import type { PlotLine } from '../chart/plot-model.ts'
import { objectiveName } from '../data/columns.ts'
import { shortNumber } from '../data/short-number.ts'
import { useExperiment } from '../data/use-experiment.ts'
import { useTrials } from '../data/use-trials.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { CURVE_CHOICES, type CurveChoice, isRunning, pickCurves } from './pick-curves.ts'
import { ProgressChart } from './progress-chart.tsx'

/** Lines with a colour and a name of their own; more are alike. */
const NAMED = 6
/** Colours of the best trial and of those that run, among many. */
const BEST = 0
const RUNNING = 1

/** The objective from trial to trial, and the metrics inside the trials. */
export function CurvesPart(): ReactNode {
  return (
    <div className="sx-curves">
      <ProgressChart />
      <MetricCurves />
    </div>
  )
}

function MetricCurves(): ReactNode {
  const t = useText(EXPERIMENT)
  const { store, version } = useExperiment('metrics')
  const { rows, objective } = useTrials()
  const { compared, trial: chosen, set } = usePage()
  const [choice, setChoice] = useState<CurveChoice>(compared.length > 0 ? 'compared' : 'best')
  const [metric, setMetric] = useState<string>()
  const [log, setLog] = useState(false)
  useEffect(() => store.want('metrics'), [store])
  const names = store.metrics.names
  const name =
    metric && names.includes(metric) ? metric : names.includes(objective.metric) ? objective.metric : names[0]
  const title = (one: string): string => objectiveName({ ...objective, metric: one }, t('objective'))
  const lines = useMemo<PlotLine[]>(() => {
    if (name === undefined || version < 0) return []
    const picked = pickCurves(rows, choice, objective, compared)
    const curves = picked.flatMap((trial) => {
      const curve = store.metrics.curve(name, trial)
      return curve && curve.steps.length > 0 ? [curve] : []
    })
    const running = new Set(rows.filter(isRunning).map(({ trial }) => trial.number))
    return curves.map(({ trial, steps, values }, index) => {
      const special = choice !== 'best' ? undefined : index === 0 ? BEST : running.has(trial) ? RUNNING : undefined
      return {
        id: trial,
        label: special === RUNNING && running.size > NAMED ? '' : t('trialN', { n: String(trial) }),
        xs: steps,
        ys: values,
        look: curves.length <= NAMED ? index : (special ?? 'faint'),
      }
    })
  }, [store, version, rows, objective, compared, choice, name, t])
  if (!store.metricsKnown) return <Skeleton rows={8} />
  if (name === undefined) return <EmptyState icon="chart" text={t('noCurves')} />
  const points = lines.reduce((sum, line) => sum + line.xs.length, 0)
  return (
    <ChartBox
      title={t('curves')}
      controls={
        <>
          {names.length > 1 && (
            <Select aria-label={t('metric')} value={name} onChange={(event) => setMetric(event.currentTarget.value)}>
              {names.map((one) => (
                <option key={one} value={one}>
                  {title(one)}
                </option>
              ))}
            </Select>
          )}
          <Select
            aria-label={t('whichCurves')}
            value={choice}
            onChange={(event) => setChoice(event.currentTarget.value as CurveChoice)}
          >
            {CURVE_CHOICES.map((one) => (
              <option key={one} value={one}>
                {t(`${one}Curves`)}
              </option>
            ))}
          </Select>
          <label className="sx-check">
            <input
              type="checkbox"
              className="sx-checkbox"
              checked={log}
              onChange={(event) => setLog(event.currentTarget.checked)}
            />
            {t('logScale')}
          </label>
          <span className="sx-dim">{t('curvesShown', { n: lines.length, points })}</span>
        </>
      }
      twin={() => ({
        columns: [t('trial'), t('step'), title(name)],
        rows: lines.flatMap((line) => Array.from(line.xs, (x, at) => [line.id, x, line.ys[at]])),
        onOpen: (trial) => set({ trial }),
      })}
    >
      {lines.length === 0 ? (
        <EmptyState text={t(`${choice}None`)} />
      ) : (
        <Plot
          label={t('curvesLabel', { n: lines.length, name: title(name) })}
          axes={{ x: { name: t('step'), whole: true }, y: { name: title(name), log } }}
          lines={lines}
          chosen={chosen}
          hint={(id) =>
            hintOf(
              t('trialN', { n: String(id) }),
              lines.find((line) => line.id === id),
            )
          }
          onPick={(trial) => set({ trial })}
        />
      )}
    </ChartBox>
  )
}

const hintOf = (name: string, line: PlotLine | undefined): string =>
  line ? `${name}: ${shortNumber(line.ys[line.ys.length - 1] ?? Number.NaN)}` : ''
