import type { Size } from '../chart/canvas.tsx'
import { shorten } from '../chart/frame.ts'
import { type ChartTheme, shadeOf } from '../chart/theme.ts'
import type { ValueScale } from '../chart/value-scale.ts'

/** A trial on every axis: its places 0 (below) to 1, NaN where it has no value; and its share, undefined without a final value. */
export interface ParallelLine {
  trial: number
  places: Float32Array
  share: number | undefined
}

/** Room above for the names of the axes, which are buttons, and below for what has no value. */
const TOP = 8
const BOTTOM = 30
const SIDE = 64

/** Where axes and values stand in a size. */
export interface ParallelPlace {
  x(axis: number): number
  y(place: number): number
  /** Value place of a pixel height, 0 to 1. */
  place(y: number): number
}

export function parallelPlace({ width, height }: Size, axes: number): ParallelPlace {
  const inner = height - TOP - BOTTOM
  return {
    x: (axis) => SIDE + ((width - 2 * SIDE) * axis) / Math.max(1, axes - 1),
    y: (place) => (Number.isNaN(place) ? height - 8 : TOP + (1 - place) * inner),
    place: (y) => Math.min(1, Math.max(0, 1 - (y - TOP) / inner)),
  }
}

/** Lines of the trials, the best last; `rest`: those that the filters leave out, as a hint of the whole. */
export function drawLines(
  context: CanvasRenderingContext2D,
  size: Size,
  theme: ChartTheme,
  axes: number,
  lines: readonly ParallelLine[],
  rest: readonly ParallelLine[],
): void {
  const place = parallelPlace(size, axes)
  context.lineWidth = 1
  context.strokeStyle = theme.grid
  context.globalAlpha = Math.min(1, Math.max(0.1, 300 / Math.max(1, rest.length)))
  for (const line of rest) strokeLine(context, place, line)
  context.globalAlpha = Math.min(1, Math.max(0.06, 300 / Math.max(1, lines.length)))
  for (const line of lines) {
    context.strokeStyle = line.share === undefined ? theme.grid : shadeOf(theme, line.share)
    strokeLine(context, place, line)
  }
  context.globalAlpha = 1
}

export function strokeLine(context: CanvasRenderingContext2D, place: ParallelPlace, { places }: ParallelLine): void {
  context.beginPath()
  for (const [axis, value] of places.entries()) {
    if (axis === 0) context.moveTo(place.x(axis), place.y(value))
    else context.lineTo(place.x(axis), place.y(value))
  }
  context.stroke()
}

/** Axes with their ticks, and the part of each that is let through. */
export function drawParallelAxes(
  context: CanvasRenderingContext2D,
  size: Size,
  theme: ChartTheme,
  axes: readonly ValueScale[],
  brushes: readonly (readonly [number, number][])[],
  missing: { word: string; axes: readonly boolean[] },
): void {
  const place = parallelPlace(size, axes.length)
  const count = Math.max(2, size.height / 60)
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  for (const [index, axis] of axes.entries()) {
    const x = Math.round(place.x(index)) + 0.5
    const last = index === axes.length - 1
    context.strokeStyle = theme.dim
    context.lineWidth = 1
    context.beginPath()
    context.moveTo(x, place.y(0))
    context.lineTo(x, place.y(1))
    context.stroke()
    context.textAlign = last ? 'left' : 'right'
    const ticks = axis.scale.ticks(count)
    const every = Math.ceil(ticks.length / (size.height / 14))
    const below = missing.axes[index] ? [{ place: Number.NaN, label: missing.word }] : []
    for (const tick of [...ticks.filter((_, at) => at % every === 0), ...below]) {
      haloText(context, theme, shorten(context, tick.label, SIDE - 10), x + (last ? 6 : -6), place.y(tick.place))
    }
    for (const [from, to] of brushes[index] ?? []) {
      context.fillStyle = theme.series[0] ?? theme.text
      const [top, bottom] = [place.y(to), place.y(from)]
      context.globalAlpha = 0.35
      context.fillRect(x - 5, top - 2, 10, Math.max(4, bottom - top + 4))
      context.globalAlpha = 1
      context.strokeStyle = theme.series[0] ?? theme.text
      context.strokeRect(x - 5, top - 2, 10, Math.max(4, bottom - top + 4))
    }
  }
}

/** A text that stays readable over lines. */
function haloText(context: CanvasRenderingContext2D, theme: ChartTheme, text: string, x: number, y: number): void {
  context.strokeStyle = theme.surface
  context.lineWidth = 3
  context.strokeText(text, x, y)
  context.fillStyle = theme.dim
  context.fillText(text, x, y)
}
