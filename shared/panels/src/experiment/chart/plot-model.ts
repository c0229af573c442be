import type { Size } from './canvas.tsx'
import { type Frame, frameOf } from './frame.ts'
import { extent, linearScale, logScale, type Scale, wordScale } from './scale.ts'

/** A line of a trial, or of something else with a number. */
export interface PlotLine {
  id: number
  label: string
  /** Rising. */
  xs: ArrayLike<number>
  ys: ArrayLike<number>
  /** `faint`: one of many; a number: colour of that series, with its label at its end. */
  look: 'faint' | number
  /** Level until the next point. */
  steps?: boolean
}

/** A cloud of points, one a trial. */
export interface PlotPoints {
  ids: readonly number[]
  xs: ArrayLike<number>
  ys: ArrayLike<number>
  /** 0 (worst) to 1 (best); without it all look alike. */
  shares?: ArrayLike<number>
}

/** A line across the plot with words, at a value of one axis. */
export interface PlotMark {
  axis: 'x' | 'y'
  value: number
  label: string
}

export interface AxisOptions {
  name: string
  log?: boolean | undefined
  /** The values are counts: there are no ticks between whole numbers. */
  whole?: boolean
  /** The values are indices of these. */
  words?: readonly string[] | undefined
  /** Part that is shown; without it all. */
  range?: readonly [number, number] | undefined
}

/** Frame in which all that is to be shown fits. */
export function plotFrame(
  context: CanvasRenderingContext2D,
  size: Size,
  lines: readonly PlotLine[],
  points: PlotPoints | undefined,
  axes: { x: AxisOptions; y: AxisOptions },
  marks: readonly PlotMark[],
): Frame {
  const valuesOf = function* (axis: 'xs' | 'ys'): Iterable<ArrayLike<number>> {
    for (const line of lines) yield line[axis]
    if (points) yield points[axis]
    yield marks.filter((mark) => `${mark.axis}s` === axis).map(({ value }) => value)
  }
  const x = scaleOf(axes.x, valuesOf('xs'), 0)
  const y = scaleOf(axes.y, valuesOf('ys'), 0.05)
  return frameOf(size, x, y, context)
}

/** `margin`: share of the span that stays free at both ends. */
function scaleOf(
  { log, whole, words, range }: AxisOptions,
  columns: Iterable<ArrayLike<number>>,
  margin: number,
): Scale {
  if (words) return wordScale(words)
  const [low, high] = range ?? wholeExtent(columns, log === true)
  if (log) {
    const space = (high / low) ** margin
    return low > 0 ? logScale(low / space, high > low ? high * space : low * 10) : logScale(0.1, 1)
  }
  const space = (high - low) * margin
  return linearScale(low - space, high + space, whole)
}

function wholeExtent(columns: Iterable<ArrayLike<number>>, positive: boolean): readonly [number, number] {
  const ends: number[] = []
  for (const column of columns) {
    const found = extent(column, positive ? 0 : undefined)
    if (found) ends.push(...found)
  }
  return extent(ends) ?? [0, 1]
}
