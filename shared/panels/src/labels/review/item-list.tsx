import type { ReviewItem } from '@secxops/protocol/labels'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react'
import { useText } from '../../i18n/text.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { cut, plainLine } from '../marked.ts'
import { MarkedText } from '../marked-text.tsx'
import type { PagedList } from '../paged-list.ts'
import { formatShare } from '../share.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { useSeen } from '../use-seen.ts'
import { stateOf } from './filter.ts'
import { REVIEW } from './text.ts'

const ROW = 24

const ICONS: Record<Exclude<ReturnType<typeof stateOf>, 'waiting'>, IconName> = {
  accepted: 'succeeded',
  edited: 'edit',
  rejected: 'failed',
}

/** The rows of a queue, windowed over any number; one is current, any number are selected. */
export function ItemList({
  list,
  current,
  isSelected,
  box,
  onCurrent,
  onToggle,
  onKeyDown,
}: {
  list: PagedList<ReviewItem>
  current: number
  isSelected(item: ReviewItem): boolean
  box: Ref<HTMLDivElement>
  onCurrent(index: number): void
  /** `range`: all from the row that was current to this one. */
  onToggle(index: number, range: boolean): void
  onKeyDown(event: KeyboardEvent, page: number): void
}): ReactNode {
  const t = useText(REVIEW)
  const id = useId()
  const own = useRef<HTMLDivElement>(null)
  useImperativeHandle(box, () => own.current as HTMLDivElement)
  const total = list.total ?? 0
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => own.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const items = rows.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useSeen(list, first, last)
  useEffect(() => {
    if (current < total) rows.scrollToIndex(current)
  }, [rows, current, total])
  return (
    <div
      ref={own}
      className="sx-review-list"
      role="listbox"
      aria-multiselectable="true"
      aria-label={t('texts')}
      aria-activedescendant={total > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      data-lm-suppress-shortcuts="true"
      onKeyDown={(event) => onKeyDown(event, Math.max(1, Math.floor((own.current?.clientHeight ?? 0) / ROW) - 1))}
    >
      <div role="presentation" style={{ position: 'relative', height: rows.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const item = list.at(index)
          const place = {
            id: `${id}-${index}`,
            'aria-setsize': total,
            'aria-posinset': index + 1,
            style: { transform: `translateY(${start}px)` },
          }
          if (!item)
            return <div key={index} role="option" aria-selected="false" tabIndex={-1} className="sx-line" {...place} />
          const state = stateOf(item)
          const path = item.decision?.path ?? item.suggestion.path
          return (
            <div
              key={index}
              role="option"
              tabIndex={-1}
              aria-selected={isSelected(item)}
              className={`sx-line sx-review-row${index === current ? ' sx-review-current' : ''}`}
              {...place}
              onClick={(event) => {
                if (event.shiftKey || event.ctrlKey || event.metaKey) onToggle(index, event.shiftKey)
                onCurrent(index)
              }}
              onKeyDown={() => undefined}
            >
              <span
                className="sx-review-check"
                aria-hidden="true"
                onClick={(event) => {
                  event.stopPropagation()
                  onToggle(index, event.shiftKey)
                  onCurrent(index)
                }}
              >
                {isSelected(item) && <Icon name="check" />}
              </span>
              <span className={`sx-review-state sx-review-${state}`}>
                {state === 'waiting' ? null : <Icon name={ICONS[state]} label={t(state)} />}
              </span>
              <span className="sx-review-text sx-ellipsis">
                <MarkedText text={cut(item.text, 300).replace(/\s+/g, ' ')} />
              </span>
              <span className="sx-review-label sx-ellipsis" title={plainLine(path.join(SEPARATOR))}>
                <MarkedText text={path.at(-1) ?? ''} />
              </span>
              <span className="sx-number sx-review-share">{formatShare(item.suggestion.confidence)}</span>
              <span className="sx-number sx-dim sx-review-rows" title={t('timesHelp')}>
                {item.rows > 1 && `×${item.rows.toLocaleString()}`}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
