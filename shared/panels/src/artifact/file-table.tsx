import type { ManifestEntry } from '@secxops/protocol/library'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'
import { formatBytes } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { scrollable } from '../view/keyed.ts'
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
    <div {...scrollable} ref={box} className="sx-scroll sx-files" role="group" aria-label={t('files')}>
      <div role="list" style={{ position: 'relative', height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const entry = entries[row.index]
          if (!entry) return null
          return (
            <div
              key={entry.path}
              role="listitem"
              aria-setsize={entries.length}
              aria-posinset={row.index + 1}
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
