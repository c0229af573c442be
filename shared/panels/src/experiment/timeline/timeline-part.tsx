import '../curves/curves.css'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { COMMON } from '../../i18n/common.ts'
import { formatDuration } from '../../i18n/format.ts'
import { useLocale, useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/feedback.tsx'
import { useNow } from '../../ui/use-client.ts'
import { Canvas, type Draw, type Point, type Size } from '../chart/canvas.tsx'
import { ChartBox } from '../chart/chart-box.tsx'
import { Hint } from '../chart/hint.tsx'
import { useTrials } from '../data/use-trials.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { drawTimeline, timelinePlace } from './draw-timeline.ts'
import { lanesOf, type TimedTrial } from './lanes.ts'
import { timeTicks } from './time-ticks.ts'

/** Pixels between times at least. */
const TICK = 110

/** When each trial ran, in as many lanes as there were trials at once. */
export function TimelinePart(): ReactNode {
  const t = useText(EXPERIMENT)
  const common = useText(COMMON)
  const locale = useLocale()
  const { rows } = useTrials()
  const page = usePage()
  const now = useNow(
    1000,
    rows.some(({ trial }) => trial.state === 'running'),
  )
  const { trials, lanes } = useMemo(() => lanesOf(rows, now), [rows, now])
  const [zoom, setZoom] = useState<readonly [number, number]>()
  const [drag, setDrag] = useState<{ from: number; to: number }>()
  const [met, setMet] = useState<{ one: TimedTrial; at: Point; width: number }>()
  const whole = useMemo<readonly [number, number]>(() => wholeOf(trials), [trials])
  const range = zoom ?? whole
  const draw = useCallback<Draw>(
    (context, size, theme) => {
      const ticks = timeTicks(range[0], range[1], size.width / TICK, locale)
      drawTimeline(context, size, theme, timelinePlace(size, range, lanes), trials, ticks)
    },
    [range, lanes, trials, locale],
  )
  const chosen = met?.one.row.trial.number ?? page.trial
  const over = useCallback<Draw>(
    (context, size, theme) => {
      const place = timelinePlace(size, range, lanes)
      const one = trials.find(({ row }) => row.trial.number === chosen)
      context.strokeStyle = theme.text
      context.lineWidth = 1.5
      if (one)
        context.strokeRect(
          place.x(one.from),
          place.y(one.lane),
          Math.max(2, place.x(one.to) - place.x(one.from)),
          place.bar,
        )
      if (!drag) return
      context.fillStyle = theme.grid
      context.globalAlpha = 0.6
      context.fillRect(Math.min(drag.from, drag.to), 0, Math.abs(drag.to - drag.from), size.height)
      context.globalAlpha = 1
    },
    [trials, range, lanes, chosen, drag],
  )
  const find = ({ x, y }: Point, size: Size): TimedTrial | undefined => {
    const place = timelinePlace(size, range, lanes)
    return trials.find(
      ({ from, to, lane }) =>
        y >= place.y(lane) - 1 && y <= place.y(lane) + place.bar + 1 && x >= place.x(from) - 2 && x <= place.x(to) + 2,
    )
  }
  if (trials.length === 0) return <EmptyState icon="chart" text={t('noneStarted')} />
  return (
    <div className="sx-curves">
      <ChartBox
        title={t('timeline')}
        controls={
          <>
            <span className="sx-dim">{t('lanes', { n: lanes })}</span>
            {zoom && (
              <Button icon="fit" onClick={() => setZoom(undefined)}>
                {t('showWhole')}
              </Button>
            )}
          </>
        }
        twin={() => ({
          columns: [t('trial'), t('state'), t('slot'), t('started'), t('duration')],
          rows: trials.map(({ row, from, to, lane }) => [
            row.trial.number,
            common(row.trial.state),
            lane + 1,
            new Date(from).toLocaleString(locale),
            formatDuration(to - from),
          ]),
          onOpen: (trial) => page.set({ trial }),
        })}
      >
        <div className="sx-plot">
          <Canvas
            label={t('timelineLabel', { n: trials.length, lanes })}
            draw={draw}
            over={over}
            cursor={met ? 'pointer' : undefined}
            pointer={{
              down: ({ x }) => {
                setDrag({ from: x, to: x })
                return true
              },
              move: (at, size) => {
                if (drag) setDrag({ ...drag, to: at.x })
                const one = find(at, size)
                setMet(one && { one, at, width: size.width })
              },
              up: (_, size) => {
                const place = timelinePlace(size, range, lanes)
                if (drag && Math.abs(drag.to - drag.from) > 8)
                  setZoom([place.time(Math.min(drag.from, drag.to)), place.time(Math.max(drag.from, drag.to))])
                else if (met) page.set({ trial: met.one.row.trial.number })
                setDrag(undefined)
              },
              leave: () => setMet(undefined),
            }}
          />
          {met && (
            <Hint at={met.at} width={met.width}>
              {[
                `${t('trialN', { n: String(met.one.row.trial.number) })}: ${common(met.one.row.trial.state)}`,
                formatDuration(met.one.to - met.one.from),
              ].join('\n')}
            </Hint>
          )}
        </div>
      </ChartBox>
    </div>
  )
}

function wholeOf(trials: readonly TimedTrial[]): readonly [number, number] {
  const from = trials[0]?.from ?? 0
  return [from, trials.reduce((end, { to }) => Math.max(end, to), from + 1000)]
}
