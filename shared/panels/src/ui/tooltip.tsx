import { cloneElement, type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

interface Trigger {
  'aria-describedby'?: string
  onPointerEnter?(event: React.PointerEvent<HTMLElement>): void
  onPointerLeave?(): void
  onFocus?(event: React.FocusEvent<HTMLElement>): void
  onBlur?(): void
}

/** Richer than `title`: appears on hover after 400 ms and at once on focus, closes on Escape, is read with its trigger. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactElement<Trigger> }): ReactNode {
  const id = useId()
  const [box, setBox] = useState<DOMRect>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const hide = (): void => {
    clearTimeout(timer.current)
    setBox(undefined)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!box) return
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setBox(undefined)
    }
    document.addEventListener('keydown', onEscape)
    return () => document.removeEventListener('keydown', onEscape)
  }, [box])
  return (
    <>
      {cloneElement(children, {
        'aria-describedby': box ? id : undefined,
        onPointerEnter: (event) => {
          const target = event.currentTarget
          timer.current = setTimeout(() => setBox(target.getBoundingClientRect()), 400)
        },
        onPointerLeave: hide,
        onFocus: (event) => {
          if (event.currentTarget.matches(':focus-visible')) setBox(event.currentTarget.getBoundingClientRect())
        },
        onBlur: hide,
      })}
      {box &&
        createPortal(
          <div className="sx sx-layer">
            <div
              id={id}
              role="tooltip"
              className="sx-tooltip"
              style={{ left: Math.max(4, Math.min(box.left, window.innerWidth - 324)), top: box.bottom + 4 }}
            >
              {text}
            </div>
          </div>,
          document.body,
        )}
    </>
  )
}
