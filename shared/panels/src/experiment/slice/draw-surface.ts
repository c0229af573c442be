import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { Frame } from '../chart/frame.ts'
import { extent } from '../chart/scale.ts'
import { SHADES } from '../chart/theme.ts'
import type { ValueScale } from '../chart/value-scale.ts'
import { surfaceOf } from '../importance/effects.ts'
import type { BinnedFeature } from '../importance/features.ts'
import type { ForestState } from '../importance/use-forest.ts'

/** Fills the frame with what the forest foretells over two parameters, the mean over all others: the better the stronger. */
export function drawSurface(
  context: CanvasRenderingContext2D,
  frame: Frame,
  shades: readonly string[],
  { forest, features }: Extract<ForestState, { state: 'ready' }>,
  a: ValueScale,
  b: ValueScale,
  { direction }: ExperimentDetail['objective'],
): void {
  const [atA, atB] = [a, b].map((axis) => features.findIndex((one) => one.axis.column.id === axis.column.id))
  const [featureA, featureB] = [features[atA ?? -1], features[atB ?? -1]]
  if (!featureA || !featureB || atA === undefined || atB === undefined) return
  const surface = surfaceOf(forest, features, atA, atB)
  const [low, high] = extent(surface) ?? [0, 1]
  const xs = cellsOf(featureA, a, frame.x, frame.left, frame.width)
  const ys = cellsOf(featureB, b, frame.y, frame.top, -frame.height)
  context.globalAlpha = 0.45
  for (const [row, y] of ys.entries()) {
    for (const [column, x] of xs.entries()) {
      const share = high > low ? ((surface[row * xs.length + column] ?? low) - low) / (high - low) : 1
      const good = direction === 'maximize' ? share : 1 - share
      context.fillStyle = shades[Math.min(SHADES - 1, Math.floor(good * SHADES))] ?? 'transparent'
      context.fillRect(x.from, y.from, x.to - x.from, y.to - y.from)
    }
  }
  context.globalAlpha = 1
}

/** Pixels from where to where each bin goes. `span` below 0: upwards. */
function cellsOf(
  feature: BinnedFeature,
  axis: ValueScale,
  scale: Frame['x'],
  start: number,
  span: number,
): { from: number; to: number }[] {
  const base = span < 0 ? start - span : start
  const end = (place: number): number => Math.round(base + Math.min(1, Math.max(0, place)) * span)
  const between = (from: number, to: number): { from: number; to: number } => ({
    from: Math.min(end(from), end(to)),
    to: Math.max(end(from), end(to)),
  })
  const { words } = feature
  if (words) {
    const half = 0.5 / Math.max(1, words.length - 1)
    return words.map((word) => {
      const place = scale.place(axis.words?.indexOf(word) ?? 0)
      return between(place - half, place + half)
    })
  }
  // The forest's axis was that of fewer trials: its places are brought to this one's by their values.
  const places = Array.from(feature.edges, (edge) => scale.place(feature.axis.scale.value(edge)))
  return places.slice(1).map((place, at) => between(places[at] ?? 0, place))
}
