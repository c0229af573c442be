import type { LabelPath } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { MarkedText } from './marked-text.tsx'
import { SEPARATOR } from './tree/walk.ts'

/** A label: its last name, and dim what stands above it. */
export function PathText({ path }: { path: LabelPath }): ReactNode {
  return (
    <span className="sx-option-path">
      <span>
        <MarkedText text={path.at(-1) ?? ''} />
      </span>
      {path.length > 1 && (
        <span className="sx-dim">
          <MarkedText text={path.slice(0, -1).join(SEPARATOR)} />
        </span>
      )}
    </span>
  )
}
