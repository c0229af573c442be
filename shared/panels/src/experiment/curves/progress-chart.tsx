import { type ReactNode, useMemo } from 'react'
import { useText } from '../../i18n/text.ts'
import { EmptyState } from '../../ui/feedback.tsx'
import { ChartBox } from '../chart/chart-box.tsx'
import { Plot } from '../chart/plot.tsx'
import type { PlotLine } from '../chart/plot-model.ts'
import { objectiveName } from '../data/columns.ts'
import { shortNumber } from '../data/short-number.ts'
import { useTrials } from '../data/use-trials.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { bestSoFar } from './best-so-far.ts'

/** The objective of every trial and the best so far. */
export function ProgressChart(): ReactNode {
  const t = useText(EXPERIMENT)
  const { rows, objective } = useTrials()
  const { trial: chosen, set } = usePage()
  const progress = useMemo(() => bestSoFar(rows, objective), [rows, objective])
  const metric = objectiveName(objective, t('objective'))
  const points = useMemo(() => ({ ids: progress.numbers, xs: progress.numbers, ys: progress.values }), [progress])
  const lines = useMemo<PlotLine[]>(() => {
    const { best, numbers } = progress
    const last = best.at(-1)
    if (!last) return []
    const ends = [...best, { trial: numbers.at(-1) ?? last.trial, value: last.value }]
    return [
      {
        id: 0,
        label: t('bestSoFar'),
        xs: ends.map(({ trial }) => trial),
        ys: ends.map(({ value }) => value),
        look: 0,
        steps: true,
      },
    ]
  }, [progress, t])
  const values = useMemo(() => new Map(progress.numbers.map((n, at) => [n, progress.values[at] ?? 0])), [progress])
  const last = progress.best.at(-1)
  return (
    <ChartBox
      title={t('progressTitle', { name: metric })}
      twin={() => ({
        columns: [t('trial'), metric, t('bestSoFar')],
        rows: withBest(progress),
        onOpen: (trial) => set({ trial }),
      })}
    >
      {last ? (
        <Plot
          label={t('progressLabel', {
            n: progress.numbers.length,
            trial: String(last.trial),
            value: shortNumber(last.value),
          })}
          axes={{ x: { name: t('trial'), whole: true }, y: { name: metric } }}
          lines={lines}
          points={points}
          chosen={chosen}
          hint={(id) =>
            id === 0
              ? t('bestSoFar')
              : `${t('trialN', { n: String(id) })}: ${shortNumber(values.get(id) ?? Number.NaN)}`
          }
          onPick={(trial) => trial > 0 && set({ trial })}
        />
      ) : (
        <EmptyState text={t('noneFinal')} />
      )}
    </ChartBox>
  )
}

function withBest({ numbers, values, best }: ReturnType<typeof bestSoFar>): [number, number, number][] {
  let at = 0
  return numbers.map((number, index) => {
    while ((best[at + 1]?.trial ?? Number.POSITIVE_INFINITY) <= number) at++
    return [number, values[index] ?? 0, best[at]?.value ?? 0]
  })
}
