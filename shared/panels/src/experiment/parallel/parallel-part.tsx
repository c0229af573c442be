import './parallel.css'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { Canvas, type Draw, type Point, type Size } from '../chart/canvas.tsx'
import { ChartBox } from '../chart/chart-box.tsx'
import { Hint } from '../chart/hint.tsx'
import { Shades } from '../chart/shades.tsx'
import { useTrials } from '../data/use-trials.ts'
import { usePage, withFilter } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { AxisHeads } from './axis-heads.tsx'
import { brushesOf, brushFilter } from './brush.ts'
import { drawLines, drawParallelAxes, type ParallelLine, parallelPlace, strokeLine } from './draw-parallel.ts'
import { useAxes } from './use-axes.ts'

/** Pixels from an axis at which a drag is a brush on it, and from a line at which it is meant. */
const GRIP = 16
const NEAR = 12

/** Trials as lines over their parameters and the objective; a part of an axis that is brushed is a filter of the whole page. */
export function ParallelPart(): ReactNode {
  const t = useText(EXPERIMENT)
  const trials = useTrials()
  const { columns, rows, all } = trials
  const page = usePage()
  const { axes, left, lines, rest, missing } = useAxes(trials)
  const [width, setWidth] = useState(0)
  const [met, setMet] = useState<{ trial: number; at: Point }>()
  const [brush, setBrush] = useState<{ axis: number; from: number; to: number }>()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!box.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  const brushes = useMemo(() => axes.map((axis) => brushesOf(axis, page.filters[axis.column.id])), [axes, page.filters])
  const draw = useCallback<Draw>(
    (context, size, theme) => {
      drawLines(context, size, theme, axes.length, lines, rest)
      drawParallelAxes(context, size, theme, axes, brushes, { word: t('noValue'), axes: missing })
    },
    [axes, lines, rest, brushes, missing, t],
  )
  const chosen = page.trial
  const over = useCallback<Draw>(
    (context, size, theme) => {
      const place = parallelPlace(size, axes.length)
      context.strokeStyle = theme.text
      context.lineWidth = 2
      for (const trial of new Set([chosen, met?.trial])) {
        const line = lines.find((one) => one.trial === trial)
        if (line) strokeLine(context, place, line)
      }
      if (!brush) return
      context.fillStyle = theme.series[0] ?? theme.text
      context.globalAlpha = 0.35
      context.fillRect(place.x(brush.axis) - 6, Math.min(brush.from, brush.to), 12, Math.abs(brush.to - brush.from))
      context.globalAlpha = 1
    },
    [axes, lines, chosen, met, brush],
  )
  const onUp = (size: Size): void => {
    const axis = brush && axes[brush.axis]
    setBrush(undefined)
    if (!axis || !brush) {
      if (met) page.set({ trial: met.trial })
      return
    }
    const place = parallelPlace(size, axes.length)
    const moved = Math.abs(brush.to - brush.from) > 4
    const filter = moved ? brushFilter(axis, place.place(brush.from), place.place(brush.to)) : undefined
    page.set((old) => ({ filters: withFilter(old.filters, axis.column.id, filter) }))
  }
  const objective = axes.find(({ column }) => column.id === 'final')?.column.label ?? ''
  const metRow = met && trials.store.trials.get(met.trial)
  return (
    <div className="sx-parallel">
      <ChartBox
        title={t('parallel')}
        controls={
          <>
            <Shades name={objective} />
            {Object.keys(page.filters).length > 0 && (
              <>
                <span className="sx-dim">{t('shownOf', { n: rows.length, all: all.length })}</span>
                <Button kind="link" onClick={() => page.set({ filters: {} })}>
                  {t('clearFilters')}
                </Button>
              </>
            )}
            {left.length > 0 && (
              <Select
                aria-label={t('addAxis')}
                value=""
                onChange={(event) =>
                  page.set({ axes: [event.currentTarget.value, ...axes.map(({ column }) => column.id)] })
                }
              >
                <option value="">{t('addAxis')}</option>
                {left.map((id) => (
                  <option key={id} value={id}>
                    {columns.find((column) => column.id === id)?.label}
                  </option>
                ))}
              </Select>
            )}
          </>
        }
        note={t('parallelHelp')}
        twin={() => ({
          columns: [t('trial'), ...axes.map(({ column }) => column.label)],
          rows: [...lines].reverse().flatMap(({ trial }) => {
            const row = trials.store.trials.get(trial)
            return row ? [[trial, ...axes.map(({ column }) => column.cell(row))]] : []
          }),
          onOpen: (trial) => page.set({ trial }),
        })}
      >
        <div ref={box} className="sx-parallel-box">
          <AxisHeads axes={axes} x={parallelPlace({ width, height: 0 }, axes.length).x} />
          <Canvas
            label={t('parallelLabel', { n: lines.length, axes: axes.length })}
            draw={draw}
            over={over}
            cursor={met && !brush ? 'pointer' : undefined}
            pointer={{
              down: ({ x, y }, size) => {
                const axis = axisAt(parallelPlace(size, axes.length), axes.length, x)
                if (axis !== undefined) setBrush({ axis, from: y, to: y })
                return true
              },
              move: (at, size) => {
                if (brush) {
                  setBrush({ ...brush, to: at.y })
                  return
                }
                const place = parallelPlace(size, axes.length)
                const onAxis = axisAt(place, axes.length, at.x) !== undefined
                const trial = onAxis ? undefined : lineAt(lines, place, axes.length, at)
                setMet(trial === undefined ? undefined : { trial, at })
              },
              up: (_, size) => onUp(size),
              leave: () => setMet(undefined),
            }}
          />
          {met && metRow && (
            <Hint at={{ x: met.at.x, y: met.at.y + 26 }} width={width}>
              {[
                t('trialN', { n: String(met.trial) }),
                ...axes.map(({ column }) => {
                  const cell = column.cell(metRow)
                  return `${column.label}: ${cell === undefined ? t('noValue') : column.show(cell)}`
                }),
              ].join('\n')}
            </Hint>
          )}
        </div>
      </ChartBox>
    </div>
  )
}

function axisAt({ x }: { x(axis: number): number }, axes: number, at: number): number | undefined {
  for (let axis = 0; axis < axes; axis++) if (Math.abs(x(axis) - at) <= GRIP) return axis
  return undefined
}

/** The line nearest to a point between two axes. */
function lineAt(
  lines: readonly ParallelLine[],
  place: ReturnType<typeof parallelPlace>,
  axes: number,
  { x, y }: Point,
): number | undefined {
  let axis = 0
  while (axis + 2 < axes && place.x(axis + 1) < x) axis++
  const share = (x - place.x(axis)) / (place.x(axis + 1) - place.x(axis))
  if (share < 0 || share > 1) return undefined
  let best: number | undefined
  let distance = NEAR
  for (const { trial, places } of lines) {
    const from = place.y(places[axis] ?? Number.NaN)
    const found = Math.abs(from + (place.y(places[axis + 1] ?? Number.NaN) - from) * share - y)
    // The later ones are better and lie above.
    if (found <= distance) [best, distance] = [trial, found]
  }
  return best
}
