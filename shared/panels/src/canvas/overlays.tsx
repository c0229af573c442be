import { type ReactNode, Suspense } from 'react'
import { useCanvas } from './canvas.ts'
import { Dialogs } from './lazy-parts.ts'

/** What lies over the canvas now, if anything. */
export function Overlays(): ReactNode {
  const { overlay } = useCanvas()
  if (!overlay) return null
  return (
    <Suspense fallback={null}>
      <Dialogs overlay={overlay} />
    </Suspense>
  )
}
