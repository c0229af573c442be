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
  return t('between', { low: short(drawn.bars[0]?.from ?? 0), high: short(drawn.bars.at(-1)?.to ?? 0) })
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
  const most = Math.max(...drawn.bars.map(({ share }) => share), 1e-9)
  const step = width / Math.max(1, drawn.bars.length)
  const gap = drawn.kind === 'values' ? Math.min(2, step * 0.2) : 0.5
  const path = drawn.bars
    .map(({ share }, i) => {
      const tall = Math.max(share > 0 ? 1 : 0, (share / most) * (height - 2))
      return `M${(i * step).toFixed(2)} ${height}v${(-tall).toFixed(2)}h${(step - gap).toFixed(2)}v${tall.toFixed(2)}z`
    })
    .join('')
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
