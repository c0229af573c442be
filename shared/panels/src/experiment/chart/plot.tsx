import './chart.css'
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { EXPERIMENT } from '../text.ts'
import { Canvas, type Draw, type Point } from './canvas.tsx'
import { drawPicked, drawPlot } from './draw-plot.ts'
import type { Frame } from './frame.ts'
import { Hint } from './hint.tsx'
import { distanceTo } from './path.ts'
import { type AxisOptions, type PlotLine, type PlotMark, type PlotPoints, plotFrame } from './plot-model.ts'

/** Pixels from the pointer at which something is meant. */
const NEAR = 24
const NOTHING: readonly never[] = []

/** What was drawn last, for finding what the pointer means. */
export interface Drawn {
  frame: Frame
  paths: { id: number; path: Float32Array; line: PlotLine }[]
  /** Places of the points, x, y, x, y … */
  dots: { ids: readonly number[]; path: Float32Array }
}

/**
 * Lines and points over two axes: what the pointer is at is told by `hint` and picked by a click, dragging sideways shows that
 * part alone. `ground`: drawn behind them.
 */
export function Plot({
  label,
  axes,
  lines = NOTHING,
  points,
  marks = NOTHING,
  chosen,
  hint,
  ground,
  onPick,
}: {
  label: string
  axes: { x: AxisOptions; y: AxisOptions }
  lines?: readonly PlotLine[]
  points?: PlotPoints | undefined
  marks?: readonly PlotMark[]
  /** Trial that is shown beside. */
  chosen?: number | undefined
  hint(id: number): string
  ground?: ((context: CanvasRenderingContext2D, frame: Frame, shades: readonly string[]) => void) | undefined
  onPick?: ((id: number) => void) | undefined
}): ReactNode {
  const t = useText(EXPERIMENT)
  const drawn = useRef<Drawn>()
  const [range, setRange] = useState<readonly [number, number]>()
  const [drag, setDrag] = useState<{ from: number; to: number }>()
  const [met, setMet] = useState<{ id: number; at: Point; width: number }>()
  // Of the axes only what is drawn counts, not whether they are new objects.
  const key = JSON.stringify({ ...axes, x: { ...axes.x, range: range ?? axes.x.range } })
  const draw = useCallback<Draw>(
    (context, size, theme) => {
      const shown = JSON.parse(key) as typeof axes
      const frame = plotFrame(context, size, lines, points, shown, marks)
      drawn.current = drawPlot(context, frame, theme, { lines, points, marks, axes: shown, ground })
    },
    [key, lines, points, marks, ground],
  )
  const picked = met?.id
  const over = useMemo<Draw | undefined>(() => {
    if (picked === undefined && chosen === undefined && !drag) return undefined
    return (context, size, theme) => {
      const { current } = drawn
      if (!current) return
      for (const id of new Set([chosen, picked])) if (id !== undefined) drawPicked(context, theme, current, id)
      if (drag) {
        context.fillStyle = theme.grid
        context.globalAlpha = 0.6
        context.fillRect(Math.min(drag.from, drag.to), 0, Math.abs(drag.to - drag.from), size.height)
        context.globalAlpha = 1
      }
    }
  }, [picked, chosen, drag])
  const zoomable = !axes.x.words
  return (
    <div className="sx-plot">
      <Canvas
        label={label}
        draw={draw}
        over={over}
        cursor={picked !== undefined && onPick ? 'pointer' : undefined}
        pointer={{
          down: ({ x }) => {
            setDrag({ from: x, to: x })
            return true
          },
          move: (at, { width }) => {
            if (drag) setDrag({ ...drag, to: at.x })
            const id = nearest(drawn.current, at)
            setMet(id === undefined || (drag && Math.abs(drag.to - drag.from) > 4) ? undefined : { id, at, width })
          },
          up: () => {
            const frame = drawn.current?.frame
            if (drag && frame && zoomable && Math.abs(drag.to - drag.from) > 8) {
              const value = (x: number): number => frame.x.value((x - frame.left) / frame.width)
              setRange([value(Math.min(drag.from, drag.to)), value(Math.max(drag.from, drag.to))])
            } else if (picked !== undefined) onPick?.(picked)
            setDrag(undefined)
          },
          leave: () => setMet(undefined),
        }}
      />
      {range && (
        <div className="sx-plot-reset">
          <Button icon="fit" onClick={() => setRange(undefined)}>
            {t('showWhole')}
          </Button>
        </div>
      )}
      {met && (
        <Hint at={met.at} width={met.width}>
          {hint(met.id)}
        </Hint>
      )}
    </div>
  )
}

function nearest(drawn: Drawn | undefined, { x, y }: Point): number | undefined {
  let best: number | undefined
  let distance = NEAR * NEAR
  for (const { id, path } of drawn?.paths ?? []) {
    const found = distanceTo(path, x, y)
    if (found < distance) [best, distance] = [id, found]
  }
  const dots = drawn?.dots
  for (const [index, id] of (dots?.ids ?? []).entries()) {
    const dx = (dots?.path[index * 2] ?? 0) - x
    const dy = (dots?.path[index * 2 + 1] ?? 0) - y
    if (dx * dx + dy * dy < distance) [best, distance] = [id, dx * dx + dy * dy]
  }
  return best
}
