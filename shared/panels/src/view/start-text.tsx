import type { ReactNode } from 'react'
import { keyed } from './keyed.ts'
import { startPieces } from './start-pieces.ts'

/** A start command with its references set apart. */
export function StartText({ start }: { start: string }): ReactNode {
  return (
    <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {keyed(startPieces(start)).map(({ key, item }) =>
        item.name === undefined ? item.text : <strong key={key}>{item.text}</strong>,
      )}
    </pre>
  )
}
