import { type ReactNode, useMemo } from 'react'
import { Canvas } from '../experiment/chart/canvas.tsx'
import { ChartBox } from '../experiment/chart/chart-box.tsx'
import { useText } from '../i18n/text.ts'
import { drawPareto } from './draw-pareto.ts'
import { type Leaderboard, scoreOf } from './leaderboard.ts'
import { AUTOML } from './text.ts'
import { sizeText, timeText } from './units.ts'

/** What a better score costs in latency and size. */
export function Pareto({ board: { models, front }, metric }: { board: Leaderboard; metric: string }): ReactNode {
  const t = useText(AUTOML)
  const axes = useMemo(() => ({ x: `${t('latency')} (ms)`, y: t('validation', { metric }) }), [t, metric])
  const draw = useMemo(() => drawPareto(models, front, axes), [models, front, axes])
  const scored = models.filter((model) => Number.isFinite(scoreOf(model)))
  return (
    <ChartBox
      title={t('pareto')}
      note={t(scored.length > 1 ? 'paretoHelp' : 'tooFew')}
      twin={() => ({
        columns: [t('model'), axes.y, t('latency'), t('size'), t('onFront')],
        rows: scored.map((row) => [
          row.name,
          scoreOf(row),
          timeText(row.predictTime),
          row.size === undefined ? '' : sizeText(row.size),
          front.has(row.name) ? '✓' : '',
        ]),
      })}
    >
      {scored.length > 1 && (
        <div className="sx-automl-pareto">
          <Canvas label={t('paretoLabel', { n: scored.length })} draw={draw} />
        </div>
      )}
    </ChartBox>
  )
}
