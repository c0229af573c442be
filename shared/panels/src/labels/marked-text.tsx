import { memo, type ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { keyed } from '../view/keyed.ts'
import { cut, piecesOf } from './marked.ts'
import { LABELS } from './text.ts'

/** A text of unknown origin: invisible characters are written out, so it reads as the machine reads it. `limit`: characters shown. */
export const MarkedText = memo(function MarkedText({ text, limit }: { text: string; limit?: number }): ReactNode {
  const t = useText(LABELS)
  return (
    <bdi>
      {keyed(piecesOf(limit === undefined ? text : cut(text, limit))).map(({ key, item }) =>
        typeof item === 'string' ? (
          item
        ) : (
          <span key={key} className="sx-mark" title={t(item.turns ? 'turning' : 'invisible', { code: item.code })}>
            {item.n === 1 ? item.code : `${item.code}×${item.n}`}
          </span>
        ),
      )}
    </bdi>
  )
})
