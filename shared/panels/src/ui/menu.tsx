import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Icon, type IconName } from './icon.tsx'

export interface MenuItem {
  id: string
  label: string
  icon?: IconName
  /** Shown dim at the right. */
  keys?: string
  /** Why it cannot be used now; shown as tooltip. */
  disabled?: string | undefined
  danger?: boolean
  /** A line before this item. */
  separated?: boolean
  run(): void
}

/**
 * A menu at a point of the viewport: arrows, Home/End, type-ahead, Enter, Escape; focus returns to where it was.
 * It is drawn into the body so that no panel clips it.
 */
export function Menu({
  items,
  x,
  y,
  label,
  onClose,
}: {
  items: MenuItem[]
  x: number
  y: number
  label: string
  onClose(): void
}): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ left: x, top: y })
  useLayoutEffect(() => {
    const box = list.current?.getBoundingClientRect()
    if (!box) return
    setPlace({
      left: Math.max(4, Math.min(x, window.innerWidth - box.width - 4)),
      top: Math.max(4, Math.min(y, window.innerHeight - box.height - 4)),
    })
  }, [x, y])
  useEffect(() => {
    const before = document.activeElement
    focusItem(list.current, 0)
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  useEffect(() => {
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !list.current?.contains(event.target)) onClose()
    }
    document.addEventListener('pointerdown', outside, true)
    window.addEventListener('blur', onClose)
    return () => {
      document.removeEventListener('pointerdown', outside, true)
      window.removeEventListener('blur', onClose)
    }
  }, [onClose])

  const keyDown = (event: KeyboardEvent): void => {
    const buttons = itemsOf(list.current)
    const at = buttons.indexOf(document.activeElement as HTMLElement)
    event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      onClose()
    } else if (event.key === 'ArrowDown') focusItem(list.current, (at + 1) % buttons.length)
    else if (event.key === 'ArrowUp') focusItem(list.current, (at - 1 + buttons.length) % buttons.length)
    else if (event.key === 'Home') focusItem(list.current, 0)
    else if (event.key === 'End') focusItem(list.current, buttons.length - 1)
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const rest = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)]
      const found = rest.find((b) => b.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))
      found?.focus()
      return
    } else return
    event.preventDefault()
  }
  return createPortal(
    <div className="sx sx-layer">
      <div
        ref={list}
        className="sx-menu"
        role="menu"
        aria-label={label}
        style={place}
        onKeyDown={keyDown}
        data-lm-suppress-shortcuts="true"
      >
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={`sx-menu-item${item.separated ? ' sx-menu-separated' : ''}${item.danger ? ' sx-menu-danger' : ''}`}
            aria-disabled={item.disabled ? true : undefined}
            title={item.disabled}
            onPointerEnter={(event) => event.currentTarget.focus()}
            onClick={() => {
              if (item.disabled) return
              onClose()
              item.run()
            }}
          >
            <span className="sx-menu-icon">{item.icon && <Icon name={item.icon} />}</span>
            <span className="sx-menu-label">{item.label}</span>
            {item.keys && <kbd>{item.keys}</kbd>}
          </button>
        ))}
      </div>
    </div>,
    document.body,
  )
}

function itemsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
}

function focusItem(list: HTMLElement | null, index: number): void {
  itemsOf(list)[index]?.focus()
}
