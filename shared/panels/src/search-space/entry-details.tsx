import { drawOne, seeded } from '@secxops/protocol/search-space/draw'
import type { SpaceEntry } from '@secxops/protocol/search-space/space'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { keyed } from '../view/keyed.ts'
import { drawnOf, Histogram, short, tickAt } from './histogram.tsx'
import { useSpace } from './space-context.ts'

const BARS = 40
const EXAMPLES = 6

/** A larger picture of what is drawn, with its axis, examples and another seed. */
export function EntryDetails({ entry }: { entry: SpaceEntry }): ReactNode {
  const { t } = useSpace()
  const [seed, setSeed] = useState(0)
  const drawn = useMemo(() => drawnOf(entry, seed, BARS), [entry, seed])
  const examples = useMemo(() => {
    const random = seeded(seed)
    return Array.from({ length: EXAMPLES }, () => shown(drawOne([entry], random)[entry.name])).join(', ')
  }, [entry, seed])
  return (
    <div className="sx-space-details">
      <Histogram entry={entry} seed={seed} width={400} height={80} bars={BARS} />
      <div className="sx-space-scale sx-dim" aria-hidden="true">
        {drawn.kind === 'values'
          ? keyed(drawn.bars.slice(0, 12)).map(({ key, item }) => <span key={key}>{item.value}</span>)
          : [0, 0.25, 0.5, 0.75, 1].map((at) => <span key={at}>{short(tickAt(drawn, at))}</span>)}
      </div>
      {drawn.kind === 'values' && drawn.more > 0 && <p className="sx-dim">{t('moreValues', { n: drawn.more })}</p>}
      <p className="sx-dim sx-space-examples">
        {t('examples', { values: examples })}
        <Button kind="link" onClick={() => setSeed(seed + 1)}>
          {t('drawAgain')}
        </Button>
        <span>{t('seed', { n: seed })}</span>
      </p>
    </div>
  )
}

function shown(value: unknown): string {
  if (typeof value === 'number') return short(value)
  if (typeof value === 'object' && value !== null && '_name' in value) return String(value._name)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
