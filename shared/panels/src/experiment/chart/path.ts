import { type Frame, pixelX, pixelY } from './frame.ts'

/** Places of a line's points in pixels: x, y, x, y … Where more than two points fall into a pixel column, its ends and extremes stand for them. */
export function linePath(frame: Frame, xs: ArrayLike<number>, ys: ArrayLike<number>): Float32Array {
  const { first, last } = seen(frame, xs)
  const count = last - first + 1
  if (count <= 0) return new Float32Array(0)
  return count <= frame.width * 2 ? everyPoint(frame, xs, ys, first, count) : thinned(frame, xs, ys, first, last)
}

/** Index of the first and last point inside the frame, and one beyond at each side so that the line leaves it. */
function seen({ x }: Frame, xs: ArrayLike<number>): { first: number; last: number } {
  const from = bound(xs, x.value(0))
  const to = bound(xs, x.value(1))
  return { first: Math.max(0, from - 1), last: Math.min(xs.length - 1, to) }
}

/** Index of the first of the rising numbers that is not below `value`. */
function bound(xs: ArrayLike<number>, value: number): number {
  let low = 0
  let high = xs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((xs[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

function everyPoint(
  frame: Frame,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  first: number,
  count: number,
): Float32Array {
  const path = new Float32Array(count * 2)
  for (let at = 0; at < count; at++) {
    path[at * 2] = pixelX(frame, xs[first + at] ?? 0)
    path[at * 2 + 1] = pixelY(frame, ys[first + at] ?? 0)
  }
  return path
}

function thinned(
  frame: Frame,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  first: number,
  last: number,
): Float32Array {
  const points: number[] = []
  let column = Number.NaN
  let [start, low, high, end] = [0, 0, 0, 0]
  const close = (): void => {
    if (Number.isNaN(column)) return
    points.push(column, start)
    if (low !== start || high !== end) points.push(column, low, column, high)
    points.push(column, end)
  }
  for (let at = first; at <= last; at++) {
    const x = Math.round(pixelX(frame, xs[at] ?? 0))
    const y = pixelY(frame, ys[at] ?? 0)
    if (x !== column) {
      close()
      column = x
      start = low = high = end = y
    }
    low = Math.min(low, y)
    high = Math.max(high, y)
    end = y
  }
  close()
  return Float32Array.from(points)
}

/** Adds a path to what is to be stroked; `steps`: level until the next point. */
export function tracePath(context: CanvasRenderingContext2D, path: Float32Array, steps = false): void {
  for (let at = 0; at < path.length; at += 2) {
    const x = path[at] ?? 0
    const y = path[at + 1] ?? 0
    if (at === 0) context.moveTo(x, y)
    else {
      if (steps) context.lineTo(x, path[at - 1] ?? 0)
      context.lineTo(x, y)
    }
  }
}

/** Squared distance in pixels from a place to the nearest point of a path. */
export function distanceTo(path: Float32Array, x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY
  for (let at = 0; at < path.length; at += 2) {
    const dx = (path[at] ?? 0) - x
    const dy = (path[at + 1] ?? 0) - y
    const distance = dx * dx + dy * dy
    if (distance < nearest) nearest = distance
  }
  return nearest
}
