import type { Draw } from '../experiment/chart/canvas.tsx'
import { drawAxes, type Frame, frameOf, pixelX, pixelY } from '../experiment/chart/frame.ts'
import { extent, linearScale, logScale } from '../experiment/chart/scale.ts'
import { type ModelRow, scoreOf } from './leaderboard.ts'

const SMALLEST = 4
const LARGEST = 16
/** Circles stand off the edges by so much of the axis. */
const MARGIN = 0.08

/** Models by latency (milliseconds for 1,000 rows) and score, circles as large as the model; the names of those on the front. */
export function drawPareto(
  models: readonly ModelRow[],
  front: ReadonlySet<string>,
  names: { x: string; y: string },
): Draw {
  const shown = models.filter((model) => Number.isFinite(scoreOf(model)))
  const largest = Math.max(1, ...shown.map(({ size = 0 }) => size))
  return (context, size, theme) => {
    const frame = frameOf(size, latencyScale(shown), scoreScale(shown), context)
    drawAxes(context, frame, theme, names)
    const circles = shown.map((model) => ({
      model,
      x: pixelX(frame, latencyOf(model)),
      y: pixelY(frame, scoreOf(model)),
      radius: SMALLEST + (LARGEST - SMALLEST) * Math.sqrt((model.size ?? 0) / largest),
      isFront: front.has(model.name),
    }))
    const color = theme.series[0] ?? theme.text
    context.lineWidth = 1.5
    // The largest first, so that it covers no other.
    for (const { x, y, radius, isFront } of [...circles].sort((a, b) => b.radius - a.radius)) {
      context.beginPath()
      context.arc(x, y, radius, 0, 2 * Math.PI)
      context.fillStyle = isFront ? color : theme.surface
      context.strokeStyle = isFront ? theme.surface : color
      context.fill()
      context.stroke()
    }
    context.fillStyle = theme.text
    context.textBaseline = 'middle'
    const taken: number[] = []
    for (const { model, x, y, radius } of circles.filter(({ isFront }) => isFront).sort((a, b) => a.y - b.y)) {
      const at = freeLine(y, taken)
      taken.push(at)
      const isRight = x + radius + 6 + context.measureText(model.name).width <= frame.left + frame.width
      context.textAlign = isRight ? 'left' : 'right'
      context.fillText(model.name, isRight ? x + radius + 5 : x - radius - 5, Math.min(at, bottomOf(frame)))
    }
  }
}

const LINE = 13

/** The next height at which a line of text meets no other. */
function freeLine(wanted: number, taken: readonly number[]): number {
  let at = wanted
  for (const one of taken) if (Math.abs(at - one) < LINE) at = one + LINE
  return at
}

const bottomOf = ({ top, height }: Frame): number => top + height - 4

const latencyOf = ({ predictTime }: ModelRow): number => Math.max(predictTime * 1000, 1e-3)

function latencyScale(models: readonly ModelRow[]) {
  const [low, high] = extent(models.map(latencyOf)) ?? [1, 10]
  const factor = Math.max(1.2, (high / low) ** MARGIN)
  return logScale(low / factor, high * factor)
}

function scoreScale(models: readonly ModelRow[]) {
  const [low, high] = extent(models.map(scoreOf)) ?? [0, 1]
  const margin = (high - low) * MARGIN || Math.abs(high) * 0.01 || 0.01
  return linearScale(low - margin, high + margin)
}
