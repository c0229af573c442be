import type { ManifestEntry } from '@secxops/protocol/library'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'
import { formatBytes } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { reachable } from '../view/scroll.tsx'
import { ARTIFACT } from './text.ts'

const ROW = 22

/** Files of a version with their sizes, windowed. */
export function FileTable({ entries }: { entries: ManifestEntry[] }): ReactNode {
  const t = useText(ARTIFACT)
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 10,
  })
  return (
    <div {...reachable(t('files'))} ref={box} className="sx-scroll sx-files">
      <div {...list} style={{ position: 'relative', height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const entry = entries[row.index]
          if (!entry) return null
          return (
            <div
              key={entry.path}
              {...listItem(row.index, entries.length)}
              className="sx-files-row"
              style={{ transform: `translateY(${row.start}px)` }}
              title={`${entry.path}\nsha256:${entry.sha256}`}
            >
              <span className="sx-mono sx-ellipsis">{entry.path}</span>
              <span className="sx-number">{formatBytes(entry.size)}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Positioned rows cannot be `ul` and `li` of one flow; roles say the same. */
const list = { role: 'list' }
const listItem = (index: number, count: number): object => ({
  role: 'listitem',
  'aria-setsize': count,
  'aria-posinset': index + 1,
})
