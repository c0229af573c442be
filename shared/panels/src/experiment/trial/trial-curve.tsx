import type { Trial } from '@secxops/protocol/experiments'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Select } from '../../ui/field.tsx'
import { ChartBox } from '../chart/chart-box.tsx'
import { Plot } from '../chart/plot.tsx'
import type { PlotLine, PlotMark } from '../chart/plot-model.ts'
import { objectiveName } from '../data/columns.ts'
import { shortNumber } from '../data/short-number.ts'
import { useExperiment } from '../data/use-experiment.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'

/** Trials it was held against whose curves are drawn. */
const OTHERS = 50

/** What one trial reported on its way; where it was stopped early, with the curves and the limit it was held against. */
export function TrialCurve({ trial }: { trial: Trial }): ReactNode {
  const t = useText(EXPERIMENT)
  const { set } = usePage()
  const { store, version } = useExperiment('metrics')
  const [metric, setMetric] = useState<string>()
  useEffect(() => store.want('metrics'), [store])
  const { metrics } = store
  const objective = store.detail?.objective ?? { metric: '', direction: 'maximize' as const }
  const names = useMemo(
    () => (version < 0 ? [] : metrics.names.filter((name) => metrics.curve(name, trial.number))),
    [metrics, version, trial.number],
  )
  const name =
    metric && names.includes(metric) ? metric : names.includes(objective.metric) ? objective.metric : names[0]
  const { stopped } = trial
  const lines = useMemo<PlotLine[]>(() => {
    if (name === undefined || version < 0) return []
    const others = name === objective.metric ? (stopped?.trials ?? []).slice(0, OTHERS) : []
    return [...others, trial.number].flatMap((number) => {
      const curve = metrics.curve(name, number)
      if (!curve) return []
      const own = number === trial.number
      const label = t('trialN', { n: String(number) })
      return [{ id: number, label, xs: curve.steps, ys: curve.values, look: own ? 0 : 'faint' }]
    })
  }, [metrics, version, name, objective.metric, stopped, trial.number, t])
  const marks = useMemo<PlotMark[]>(() => {
    if (!stopped || name !== objective.metric) return []
    const { step, limit } = stopped
    return [
      { axis: 'x', value: step, label: t('stoppedMark') },
      ...(limit === undefined
        ? []
        : [{ axis: 'y' as const, value: limit, label: t('limitMark', { limit: shortNumber(limit) }) }]),
    ]
  }, [stopped, name, objective.metric, t])
  if (name === undefined) return null
  const title = (one: string): string => objectiveName({ ...objective, metric: one }, t('objective'))
  const own = lines.at(-1)
  const lastOf = (line: PlotLine | undefined): string => shortNumber(line?.ys[line.ys.length - 1] ?? Number.NaN)
  return (
    <div className="sx-trial-curve">
      <ChartBox
        title={title(name)}
        controls={
          names.length > 1 && (
            <Select aria-label={t('metric')} value={name} onChange={(event) => setMetric(event.currentTarget.value)}>
              {names.map((one) => (
                <option key={one} value={one}>
                  {title(one)}
                </option>
              ))}
            </Select>
          )
        }
        twin={() => ({
          columns: [t('step'), title(name)],
          rows: Array.from(own?.xs ?? [], (x, at) => [x, own?.ys[at]]),
        })}
      >
        <Plot
          label={t('curveLabel', { name: title(name), n: own?.xs.length ?? 0, value: lastOf(own) })}
          axes={{ x: { name: t('step'), whole: true }, y: { name: '' } }}
          lines={lines}
          marks={marks}
          hint={(id) => {
            const line = lines.find((one) => one.id === id)
            return line ? `${line.label}: ${lastOf(line)}` : ''
          }}
          onPick={(number) => set({ trial: number })}
        />
      </ChartBox>
    </div>
  )
}
