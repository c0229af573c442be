import { type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from '../ui/button.tsx'
import { useCanvas } from './canvas.ts'

/** A small window over the canvas: Escape and a press outside close it, focus goes in and comes back. */
export function OverlayBox({
  title,
  wide,
  children,
}: {
  title: string
  wide?: boolean
  children: ReactNode
}): ReactNode {
  const canvas = useCanvas()
  const box = useRef<HTMLDialogElement>(null)
  const { show } = canvas
  useEffect(() => {
    const before = document.activeElement
    const first = box.current?.querySelector<HTMLElement>('[data-sx-first], input, select, textarea, button.sx-button')
    first?.focus()
    const outside = (event: PointerEvent): void => {
      const target = event.target
      if (target instanceof Element && !box.current?.contains(target) && !target.closest('.sx-layer')) show(undefined)
    }
    document.addEventListener('pointerdown', outside, true)
    return () => {
      document.removeEventListener('pointerdown', outside, true)
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [show])
  return (
    <dialog
      open
      ref={box}
      className={`sx-overlay${wide ? ' sx-overlay-wide' : ''}`}
      aria-label={title}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') show(undefined)
      }}
    >
      <header className="sx-overlay-head">
        <h2 className="sx-ellipsis">{title}</h2>
        <IconButton icon="close" label={canvas.t('nextField')} onClick={() => show(undefined)} />
      </header>
      {children}
    </dialog>
  )
}
