import { sourceWords } from '@secxops/protocol/graph'
import { useConnection } from '@xyflow/react'
import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useCanvas } from './canvas.ts'
import { type Ends, endsOf, judgeEnds } from './connection-ends.ts'

/** While a connection is dragged over a port: what would happen, or why it cannot be, beside the pointer. */
export function ConnectionHint(): ReactNode {
  const canvas = useCanvas()
  const drag = useConnection()
  if (!drag.inProgress || !drag.toHandle) return null
  const ends = endsOf(drag.fromHandle, drag.toHandle)
  if (!ends) return null
  const verdict = judgeEnds(canvas, ends)
  const text =
    verdict.refused ??
    (verdict.replaces ? canvas.t('replaces', { source: verdict.replaces }) : canvas.t('dropHere', namesOf(ends)))
  const zoomed = canvas.flow?.toScreen(drag.to) ?? { x: 0, y: 0 }
  return (
    <div
      className={`sx-hint${verdict.refused ? ' sx-hint-refused' : ''}`}
      style={{ left: zoomed.x + 14, top: zoomed.y + 14 }}
      role="status"
    >
      <Icon name={verdict.refused ? 'error' : 'link'} /> <span>{text}</span>
    </div>
  )
}

function namesOf(ends: Ends): { from: string; to: string } {
  return ends.kind === 'data'
    ? { from: sourceWords(`${ends.from}.${ends.output}`), to: `${ends.to}.${ends.port}` }
    : { from: ends.from, to: ends.to }
}
