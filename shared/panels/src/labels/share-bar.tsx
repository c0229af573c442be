import type { ReactNode } from 'react'
import { formatShare } from './share.ts'

/** A thin bar with its number. `sure`: stands by itself; its colour says so. */
export function ShareBar({ value, sure, title }: { value: number; sure?: boolean; title?: string }): ReactNode {
  return (
    <span className={sure ? 'sx-share sx-share-sure' : 'sx-share'} title={title}>
      <span className="sx-share-track" aria-hidden="true">
        <span style={{ width: `${Math.round(Math.min(1, Math.max(0, value)) * 100)}%` }} />
      </span>
      <span className="sx-number">{formatShare(value)}</span>
    </span>
  )
}
