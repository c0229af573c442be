import { drawAxes, type Frame, pixelX, pixelY, shorten } from './frame.ts'
import { linePath, tracePath } from './path.ts'
import type { Drawn } from './plot.tsx'
import type { AxisOptions, PlotLine, PlotMark, PlotPoints } from './plot-model.ts'
import { type ChartTheme, SHADES } from './theme.ts'

const DOT = 2.5
/** More points than these are smaller. */
const CLOUD = 400
/** Of labels at the ends of lines, in pixels. */
const LABEL = 13

/** Draws all of a plot; answers where things are. */
export function drawPlot(
  context: CanvasRenderingContext2D,
  frame: Frame,
  theme: ChartTheme,
  {
    lines,
    points,
    marks,
    axes,
    ground,
  }: {
    lines: readonly PlotLine[]
    points: PlotPoints | undefined
    marks: readonly PlotMark[]
    axes: { x: AxisOptions; y: AxisOptions }
    ground?: ((context: CanvasRenderingContext2D, frame: Frame, shades: readonly string[]) => void) | undefined
  },
): Drawn {
  ground?.(context, frame, theme.shades)
  drawAxes(context, frame, theme, { x: axes.x.name, y: axes.y.name })
  context.save()
  context.beginPath()
  context.rect(frame.left - 3, frame.top - 3, frame.width + 6, frame.height + 6)
  context.clip()
  const paths = lines.map((line) => ({ id: line.id, line, path: linePath(frame, line.xs, line.ys) }))
  const order = [...paths].sort((a, b) => Number(a.line.look !== 'faint') - Number(b.line.look !== 'faint'))
  for (const { line, path } of order) {
    const faint = line.look === 'faint'
    context.beginPath()
    tracePath(context, path, line.steps)
    context.strokeStyle = line.look === 'faint' ? theme.dim : (theme.series[line.look % 6] ?? theme.text)
    context.globalAlpha = faint ? manyAlpha(lines.length) : 1
    context.lineWidth = faint ? 1 : 1.5
    context.stroke()
    if (path.length === 2) dot(context, path[0] ?? 0, path[1] ?? 0, context.strokeStyle)
  }
  context.globalAlpha = 1
  const dots = drawPoints(context, frame, theme, points)
  for (const mark of marks) drawMark(context, frame, theme, mark)
  context.restore()
  labelEnds(context, frame, theme, paths)
  return { frame, paths, dots: { ids: points?.ids ?? [], path: dots } }
}

/** The more there are, the fainter each is. */
const manyAlpha = (count: number): number => Math.min(0.6, Math.max(0.14, 18 / count))

/** What is pointed at or shown beside: over all others. */
export function drawPicked(context: CanvasRenderingContext2D, theme: ChartTheme, drawn: Drawn, id: number): void {
  context.strokeStyle = theme.text
  context.lineWidth = 2
  const line = drawn.paths.find((one) => one.id === id)
  if (line) {
    context.beginPath()
    tracePath(context, line.path, line.line.steps)
    context.stroke()
  }
  const index = drawn.dots.ids.indexOf(id)
  if (index < 0) return
  context.beginPath()
  context.arc(drawn.dots.path[index * 2] ?? 0, drawn.dots.path[index * 2 + 1] ?? 0, DOT + 3, 0, 2 * Math.PI)
  context.stroke()
}

function drawPoints(
  context: CanvasRenderingContext2D,
  frame: Frame,
  theme: ChartTheme,
  points: PlotPoints | undefined,
): Float32Array {
  const count = points?.ids.length ?? 0
  const path = new Float32Array(count * 2)
  const radius = count > CLOUD ? 1.5 : DOT
  const shades: number[][] = Array.from({ length: SHADES }, () => [])
  for (let at = 0; at < count; at++) {
    path[at * 2] = pixelX(frame, points?.xs[at] ?? 0)
    path[at * 2 + 1] = pixelY(frame, points?.ys[at] ?? 0)
    const share = points?.shares?.[at] ?? 0.5
    shades[Math.min(SHADES - 1, Math.floor(share * SHADES))]?.push(at)
  }
  for (const [shade, members] of shades.entries()) {
    context.fillStyle = points?.shares ? (theme.shades[shade] ?? theme.dim) : theme.dim
    context.beginPath()
    for (const at of members) {
      const [x, y] = [path[at * 2] ?? 0, path[at * 2 + 1] ?? 0]
      context.moveTo(x + radius, y)
      context.arc(x, y, radius, 0, 2 * Math.PI)
    }
    context.fill()
  }
  return path
}

function dot(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  color: string | CanvasGradient | CanvasPattern,
): void {
  context.fillStyle = color
  context.beginPath()
  context.arc(x, y, DOT, 0, 2 * Math.PI)
  context.fill()
}

function drawMark(context: CanvasRenderingContext2D, frame: Frame, theme: ChartTheme, mark: PlotMark): void {
  context.strokeStyle = theme.text
  context.fillStyle = theme.text
  context.lineWidth = 1
  context.setLineDash([4, 3])
  context.beginPath()
  if (mark.axis === 'x') {
    const x = Math.round(pixelX(frame, mark.value)) + 0.5
    context.moveTo(x, frame.top)
    context.lineTo(x, frame.top + frame.height)
    context.textAlign = x > frame.left + frame.width / 2 ? 'right' : 'left'
    context.textBaseline = 'bottom'
    context.fillText(mark.label, x + (context.textAlign === 'right' ? -4 : 4), frame.top + frame.height - 2)
  } else {
    const y = Math.round(pixelY(frame, mark.value)) + 0.5
    context.moveTo(frame.left, y)
    context.lineTo(frame.left + frame.width, y)
    context.textAlign = 'left'
    context.textBaseline = y < frame.top + 16 ? 'top' : 'bottom'
    context.fillText(mark.label, frame.left + 4, y - (y < frame.top + 16 ? -2 : 2))
  }
  context.stroke()
  context.setLineDash([])
}

/** Names at the ends of the lines that have a colour of their own, pushed apart where they would overlap. */
function labelEnds(
  context: CanvasRenderingContext2D,
  frame: Frame,
  theme: ChartTheme,
  paths: readonly { line: PlotLine; path: Float32Array }[],
): void {
  const ends = paths
    .filter(({ line, path }) => line.look !== 'faint' && line.label !== '' && path.length > 0)
    .map(({ line, path }) => ({ line, x: path.at(-2) ?? 0, y: path.at(-1) ?? 0 }))
    .sort((a, b) => a.y - b.y)
  let below = frame.top
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  context.lineJoin = 'round'
  for (const { line, x, y } of ends) {
    const at = Math.max(y - 8, below)
    below = at + LABEL
    const text = shorten(context, line.label, frame.width / 2)
    const right = Math.min(Math.max(x, frame.left + context.measureText(text).width), frame.left + frame.width)
    context.strokeStyle = theme.surface
    context.lineWidth = 3
    context.strokeText(text, right, at)
    context.fillStyle = theme.series[Number(line.look) % 6] ?? theme.text
    context.fillText(text, right, at)
  }
}
