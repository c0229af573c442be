import type { Size } from './canvas.tsx'
import type { Scale } from './scale.ts'
import type { ChartTheme } from './theme.ts'

/** Where the values of a chart stand, in pixels. */
export interface Frame {
  left: number
  top: number
  width: number
  height: number
  x: Scale
  y: Scale
}

/** Pixels between ticks at least. */
const X_TICK = 70
const Y_TICK = 36
const BOTTOM = 34
const TOP = 18

/** Room for axes with their names, the rest for values. */
export function frameOf({ width, height }: Size, x: Scale, y: Scale, context?: CanvasRenderingContext2D): Frame {
  const inner = Math.max(20, height - TOP - BOTTOM)
  const labels = y.ticks(inner / Y_TICK).map(({ label }) => context?.measureText(label).width ?? label.length * 6.5)
  const left = Math.min(120, Math.max(28, ...labels.map((one) => one + 12)))
  return { left, top: TOP, width: Math.max(20, width - left - 14), height: inner, x, y }
}

export const pixelX = (frame: Frame, value: number): number => frame.left + frame.x.place(value) * frame.width
export const pixelY = (frame: Frame, value: number): number => frame.top + (1 - frame.y.place(value)) * frame.height

/** Axes with ticks, faint lines across and the names of both. */
export function drawAxes(
  context: CanvasRenderingContext2D,
  frame: Frame,
  theme: ChartTheme,
  names: { x: string; y: string },
): void {
  const { left, top, width, height } = frame
  context.lineWidth = 1
  context.strokeStyle = theme.grid
  context.fillStyle = theme.dim
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  context.beginPath()
  for (const { place, label } of frame.y.ticks(height / Y_TICK)) {
    const y = Math.round(top + (1 - place) * height) + 0.5
    context.moveTo(left, y)
    context.lineTo(left + width, y)
    context.fillText(shorten(context, label, left - 8), left - 6, y)
  }
  context.stroke()
  context.textBaseline = 'top'
  context.textAlign = 'center'
  const ticks = frame.x.ticks(width / X_TICK)
  const room = width / Math.max(1, ticks.length)
  for (const { place, label } of ticks) {
    const wide = context.measureText(label).width / 2
    const x = Math.min(Math.max(left + place * width, left + wide), left + width - wide)
    context.fillText(shorten(context, label, room), x, top + height + 5)
  }
  context.textAlign = 'right'
  context.fillText(names.x, left + width, top + height + 19)
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.fillText(names.y, Math.min(left, 6), top - 6)
}

/** A text that fits into `room` pixels. */
export function shorten(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text
  let end = text.length
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > room) end--
  return `${text.slice(0, end)}…`
}
