import type { ReactNode } from 'react'
import { keyed } from '../view/keyed.ts'

/** Characters at the end of a long name that are never cut off: they tell apart names that begin alike. */
const TAIL = 12

/**
 * Name and details of a row. A name that has no room loses its middle, not its end; details are left out before that,
 * the last one first.
 */
export function RowText({ label, detail }: { label: string; detail: ReactNode[] }): ReactNode {
  const cut = label.length - TAIL
  return (
    <>
      {cut < TAIL ? (
        <span className="sx-tree-label">
          <span className="sx-ellipsis">{label}</span>
        </span>
      ) : (
        <>
          <span className="sx-tree-label" aria-hidden="true">
            <span className="sx-ellipsis">{label.slice(0, cut)}</span>
            <span>{label.slice(cut)}</span>
          </span>
          <span className="sx-hidden">{label}</span>
        </>
      )}
      <span className="sx-tree-detail">
        {/* Without something before it the first detail could not wrap away. */}
        <span />
        {keyed(detail).map(({ key, item }) => (
          <span key={key}>{item}</span>
        ))}
      </span>
    </>
  )
}
