import { type Histogram as Drawn, histogramOf } from '@secxops/protocol/search-space/histogram'
import type { SpaceEntry } from '@secxops/protocol/search-space/space'
import { type ReactNode, useMemo } from 'react'
import { useSpace } from './space-context.ts'

/** Numbers drawn for a picture. */
export const DRAWS = 3000

/** A number as short as it can be told apart. */
export const short = (value: number): string => {
  const size = Math.abs(value)
  if (value === 0 || (size >= 0.001 && size < 100_000)) return String(Number(value.toPrecision(4)))
  return value.toExponential(1).replace('e+', 'e').replace('.0e', 'e')
}

export const drawnOf = (entry: SpaceEntry, seed: number, bars: number): Drawn =>
  histogramOf(entry, { seed, draws: DRAWS, bars })

/** The ends of what was drawn, or how many values there are. */
export function rangeWords(drawn: Drawn, { t }: ReturnType<typeof useSpace>): string {
  if (drawn.kind === 'values') return t('valueCount', { n: drawn.bars.length + drawn.more })
  return t('between', { low: short(drawn.low), high: short(drawn.high) })
}

/** A number of the axis at a share of its length. */
export function tickAt({ log, bars }: Extract<Drawn, { kind: 'ranges' }>, share: number): number {
  const [from, to] = [bars[0]?.from ?? 0, bars.at(-1)?.to ?? 0]
  return log ? from * (to / from) ** share : from + (to - from) * share
}

/** Bars from 0 to 1 along the axis, the highest 1 high. */
function shapeOf(drawn: Drawn): { left: number; right: number; tall: number }[] {
  const count = Math.max(1, drawn.bars.length)
  if (drawn.kind === 'values') {
    const most = Math.max(...drawn.bars.map(({ share }) => share), 1e-9)
    return drawn.bars.map(({ share }, i) => ({ left: i / count, right: (i + 1) / count, tall: share / most }))
  }
  const scale = (value: number): number => (drawn.log ? Math.log(value) : value)
  const low = scale(drawn.bars[0]?.from ?? 0)
  const length = scale(drawn.bars.at(-1)?.to ?? 0) - low
  const bars = drawn.bars.map(({ from, to, share }) => {
    const [left, right] = [(scale(from) - low) / length, (scale(to) - low) / length]
    return { left, right, tall: share / (right - left) }
  })
  const most = Math.max(...bars.map(({ tall }) => tall))
  return bars.map((bar) => ({ ...bar, tall: bar.tall / most }))
}

/** What a search will draw of an entry, as bars. */
export function Histogram({
  entry,
  seed,
  width,
  height,
  bars = 30,
}: {
  entry: SpaceEntry
  seed: number
  width: number
  height: number
  bars?: number
}): ReactNode {
  const form = useSpace()
  const drawn = useMemo(() => drawnOf(entry, seed, bars), [entry, seed, bars])
  const path = useMemo(
    () =>
      shapeOf(drawn)
        .map(({ left, right, tall }) => {
          const wide = (right - left) * width
          const gap = drawn.kind === 'values' ? Math.min(2, wide * 0.2) : Math.min(0.5, wide / 2)
          const up = Math.max(tall > 0 ? 1 : 0, tall * (height - 2))
          return `M${(left * width).toFixed(2)} ${height}v${(-up).toFixed(2)}h${(wide - gap).toFixed(2)}v${up.toFixed(2)}z`
        })
        .join(''),
    [drawn, width, height],
  )
  const label = form.t('previewOf', { draws: DRAWS, seed, range: rangeWords(drawn, form) })
  return (
    <svg
      className="sx-space-histogram"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${form.t('preview', { name: entry.name })}. ${label}`}
    >
      <title>{label}</title>
      <path d={path} />
      <path className="sx-space-axis" d={`M0 ${height - 0.5}H${width}`} />
    </svg>
  )
}
