import type { LabelPath, LabelReference } from '@secxops/protocol/labels'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Ago } from '../../view/ago.tsx'
import { reachable } from '../../view/scroll.tsx'
import { cut, plainLine } from '../marked.ts'
import { MarkedText } from '../marked-text.tsx'
import type { PagedList } from '../paged-list.ts'
import { formatShare } from '../share.ts'
import { LABELS } from '../text.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { useSeen } from '../use-seen.ts'
import { REFERENCES } from './text.ts'

const ROW = 48

/** References, windowed over any number. */
export function ReferenceList({
  list,
  busy,
  onEdit,
  onRemove,
  onAgree,
}: {
  list: PagedList<LabelReference>
  busy: boolean
  onEdit(reference: LabelReference): void
  onRemove(reference: LabelReference): void
  /** The label that the other references contradict it with is taken. */
  onAgree(reference: LabelReference, path: LabelPath): void
}): ReactNode {
  const t = useText(REFERENCES)
  const labels = useText(LABELS)
  const box = useRef<HTMLDivElement>(null)
  const total = list.total ?? 0
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
  })
  const items = rows.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useSeen(list, first, last)
  return (
    <div {...reachable(labels('references'))} ref={box} className="sx-reference-list">
      <div {...LIST} style={{ position: 'relative', height: rows.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const reference = list.at(index)
          return (
            <div
              key={index}
              {...listItem(index, total)}
              className="sx-reference"
              style={{ transform: `translateY(${start}px)` }}
            >
              {reference && content(reference)}
            </div>
          )
        })}
      </div>
    </div>
  )

  function content(reference: LabelReference): ReactNode {
    const { text, path, origin, trust, by, at, suspicion } = reference
    const instead = suspicion?.instead
    return (
      <>
        <span className="sx-reference-words">
          <span className="sx-ellipsis" title={plainLine(cut(text, 500))}>
            <MarkedText text={cut(text, 300).replace(/\s+/g, ' ')} />
          </span>
          <span className="sx-ellipsis sx-reference-facts" title={plainLine(path.join(SEPARATOR))}>
            <MarkedText text={path.join(SEPARATOR)} />
            <span className="sx-dim">
              {' '}
              · {labels(origin)}
              {trust < 1 && ` · ${t('trust', { share: formatShare(trust) })}`} · {plainLine(by)}, <Ago iso={at} />
            </span>
          </span>
        </span>
        {instead && (
          <Button
            disabled={busy}
            title={t('others', { path: plainLine(instead.join(SEPARATOR)) })}
            onClick={() => onAgree(reference, instead)}
          >
            {t('agree', { name: plainLine(instead.at(-1) ?? '') })}
          </Button>
        )}
        <IconButton icon="edit" label={t('change')} disabled={busy} onClick={() => onEdit(reference)} />
        <IconButton icon="trash" label={t('remove')} disabled={busy} onClick={() => onRemove(reference)} />
      </>
    )
  }
}

/** Positioned rows cannot be `ul` and `li` of one flow; roles say the same. */
const LIST = { role: 'list' }
const listItem = (index: number, count: number): object => ({
  role: 'listitem',
  'aria-setsize': count,
  'aria-posinset': index + 1,
})
