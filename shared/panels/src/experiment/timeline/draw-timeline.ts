import type { Trial } from '@secxops/protocol/experiments'
import type { Size } from '../chart/canvas.tsx'
import { shorten } from '../chart/frame.ts'
import type { ChartTheme } from '../chart/theme.ts'
import type { TimedTrial } from './lanes.ts'

const LEFT = 8
const RIGHT = 8
const TOP = 22

/** Before the number of a trial that did not just succeed, for those who see fewer colours. */
const SIGNS: Partial<Record<Trial['state'], string>> = {
  failed: '✕ ',
  'stopped-early': '◧ ',
  cancelled: '– ',
  skipped: '– ',
}

/** Where times and lanes stand. */
export interface TimelinePlace {
  x(time: number): number
  time(x: number): number
  y(lane: number): number
  /** Height of a bar. */
  bar: number
}

export function timelinePlace({ width, height }: Size, range: readonly [number, number], lanes: number): TimelinePlace {
  const inner = width - LEFT - RIGHT
  const span = Math.max(1, range[1] - range[0])
  const lane = Math.min(26, (height - TOP) / Math.max(1, lanes))
  return {
    x: (time) => LEFT + ((time - range[0]) / span) * inner,
    time: (x) => range[0] + ((x - LEFT) / inner) * span,
    y: (at) => TOP + at * lane,
    bar: Math.max(2, lane - (lane > 8 ? 4 : 1)),
  }
}

/** Bars of the trials by lane, coloured by state, with their numbers where they fit. */
export function drawTimeline(
  context: CanvasRenderingContext2D,
  size: Size,
  theme: ChartTheme,
  place: TimelinePlace,
  trials: readonly TimedTrial[],
  ticks: readonly { time: number; label: string }[],
): void {
  context.textBaseline = 'top'
  context.textAlign = 'left'
  for (const { time, label } of ticks) {
    const x = Math.round(place.x(time)) + 0.5
    context.strokeStyle = theme.grid
    context.beginPath()
    context.moveTo(x, TOP - 4)
    context.lineTo(x, size.height)
    context.stroke()
    context.fillStyle = theme.dim
    context.fillText(label, x + 3, 3)
  }
  context.textBaseline = 'middle'
  for (const { row, from, to, lane } of trials) {
    const left = Math.max(-2, place.x(from))
    const right = Math.min(size.width + 2, place.x(to))
    if (right < 0 || left > size.width) continue
    const width = Math.max(1.5, right - left - 1)
    const y = place.y(lane)
    const color = colorOf(row.trial.state, theme)
    context.fillStyle = color
    context.globalAlpha = 0.28
    context.fillRect(left, y, width, place.bar)
    context.globalAlpha = 1
    context.fillRect(left, y, Math.min(2, width), place.bar)
    const text = `${SIGNS[row.trial.state] ?? ''}${row.trial.number}`
    if (place.bar < 12 || context.measureText(text).width + 10 > width) continue
    context.fillStyle = theme.text
    context.fillText(shorten(context, text, width - 8), left + 7, y + place.bar / 2 + 0.5)
  }
}

function colorOf(state: Trial['state'], { states }: ChartTheme): string {
  if (state === 'failed') return states.failed
  if (state === 'succeeded') return states.succeeded
  return state === 'running' ? states.running : states.idle
}
