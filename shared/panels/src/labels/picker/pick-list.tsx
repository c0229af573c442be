import type { LabelPath } from '@secxops/protocol/labels'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../../i18n/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { plainLine } from '../marked.ts'
import { MarkedText } from '../marked-text.tsx'
import { LABELS } from '../text.ts'
import { SEPARATOR } from '../tree/walk.ts'

export interface PickRow {
  path: LabelPath
  /** Whether what stands above it is told. */
  above: boolean
  /** Has labels below it. */
  inner: boolean
  /** Not in the tree yet. */
  made?: boolean
}

const ROW = 24

/** The rows of a picker, windowed; keys belong to the picker's field. */
export function PickList({
  id,
  rows,
  at,
  onChoose,
  onInto,
}: {
  id: string
  rows: readonly PickRow[]
  /** Index of the choice; -1: none. */
  at: number
  onChoose(path: LabelPath): void
  onInto(path: LabelPath): void
}): ReactNode {
  const t = useText(LABELS)
  const box = useRef<HTMLDivElement>(null)
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 6,
  })
  useEffect(() => {
    if (rows.length > 0) list.scrollToIndex(Math.max(0, at))
  }, [list, at, rows])
  return (
    <div ref={box} id={`${id}-list`} role="listbox" aria-label={t('labels')} className="sx-pick-list">
      <div role="presentation" style={{ position: 'relative', height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const name = row.path.at(-1) ?? ''
          return (
            <div
              key={index}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="sx-line"
              style={{ transform: `translateY(${start}px)` }}
              title={plainLine(row.path.join(SEPARATOR))}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(row.path)}
              onKeyDown={(event) => event.key === 'Enter' && onChoose(row.path)}
            >
              {row.made ? (
                <span className="sx-ellipsis">{t('newLabel', { path: plainLine(row.path.join(SEPARATOR)) })}</span>
              ) : (
                <>
                  <span className="sx-pick-name sx-ellipsis">
                    <MarkedText text={name} />
                  </span>
                  <span className="sx-pick-above sx-dim sx-ellipsis">
                    {row.above && <MarkedText text={row.path.slice(0, -1).join(SEPARATOR)} />}
                  </span>
                  {row.inner && (
                    <span
                      className="sx-pick-in"
                      aria-hidden="true"
                      onClick={(event) => {
                        event.stopPropagation()
                        onInto(row.path)
                      }}
                    >
                      <Icon name="chevron-right" />
                    </span>
                  )}
                </>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
