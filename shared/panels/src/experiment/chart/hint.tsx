import type { ReactNode } from 'react'
import type { Point } from './canvas.tsx'

/** What the pointer is at, in words beside it, on the side with more room. `width`: of the chart. */
export function Hint({ at: { x, y }, width, children }: { at: Point; width: number; children: string }): ReactNode {
  const side = x < width / 2 ? { left: x + 14 } : { right: width - x + 14 }
  return (
    <div className="sx-chart-hint" style={{ ...side, top: y + 14 }}>
      {children}
    </div>
  )
}
