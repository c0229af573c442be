import type { Suggestion } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { MarkedText } from '../marked-text.tsx'
import { formatShare } from '../share.ts'
import { ShareBar } from '../share-bar.tsx'
import { LABELS } from '../text.ts'
import { SEPARATOR } from '../tree/walk.ts'

/** The references that speak for the answer, and how much each does. */
export function Why({ why }: { why: Suggestion['why'] }): ReactNode {
  const t = useText(LABELS)
  if (why.length === 0) return <p className="sx-dim">{t('noWhy')}</p>
  return (
    <ol className="sx-why">
      {why.map((reference) => (
        <li key={reference.id}>
          <p className="sx-why-text">
            <MarkedText text={reference.text} limit={300} />
          </p>
          <p className="sx-why-label">
            <span className="sx-dim">
              <MarkedText text={reference.path.join(SEPARATOR)} />
            </span>
            <ShareBar
              value={reference.share}
              title={t('whyShare', {
                share: formatShare(reference.share),
                likeness: reference.likeness.toFixed(2),
              })}
            />
          </p>
        </li>
      ))}
    </ol>
  )
}
