import type { ReactNode } from 'react'

/** Takes the room of rows of a table that are not drawn. */
export function SpacerRow({ height }: { height: number }): ReactNode {
  return height > 0 ? (
    <tr>
      <td style={{ height, padding: 0 }} />
    </tr>
  ) : null
}
