import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { IconButton } from '../ui/button.tsx'
import { type Action, action } from './actions.ts'
import { useCanvas } from './canvas.ts'
import { isMac, showKeys } from './keys.ts'

const SHOWN = [
  'add',
  'connect',
  'remove',
  'undo',
  'redo',
  'layout',
  'fit',
  'zoom-in',
  'zoom-out',
  'outline',
  'inspector',
  'text',
  'keys',
]

/** Tools of the canvas: one tab stop, arrows inside. */
export function Toolbar(): ReactNode {
  const canvas = useCanvas()
  const box = useRef<HTMLDivElement>(null)
  const keyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const buttons = [...(box.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons[(at + step + buttons.length) % buttons.length]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={box} className="sx-toolbar" role="toolbar" aria-label={canvas.t('toolbar')} onKeyDown={keyDown}>
      {SHOWN.map((id, index) => (
        <Tool key={id} action={action(id)} first={index === 0} />
      ))}
    </div>
  )
}

function Tool({ action, first }: { action: Action; first: boolean }): ReactNode {
  const canvas = useCanvas()
  const reason = action.when?.(canvas)
  const name = action.title?.(canvas) ?? canvas.t(action.label)
  const keys = action.keys?.[0] ? ` (${showKeys(action.keys[0], isMac())})` : ''
  const pressed =
    action.id === 'outline' ? canvas.panes.outline : action.id === 'inspector' ? canvas.panes.inspector : undefined
  return (
    <IconButton
      icon={action.icon ?? 'more'}
      label={name}
      title={`${name}${keys}${reason ? `\n${reason}` : ''}`}
      tabIndex={first ? 0 : -1}
      // Stays focusable while it cannot be used, so that the reason can be read.
      aria-disabled={reason ? true : undefined}
      aria-pressed={pressed}
      onClick={() => !reason && action.run(canvas)}
    />
  )
}
