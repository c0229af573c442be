import { type DragEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { DROP_MIME, type Dropped } from '../host.ts'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { type AnyState, StateBadge } from '../ui/state-badge.tsx'
import { RowText } from './row-text.tsx'
import { SIDEBAR } from './text.ts'
import { typeAhead } from './type-ahead.ts'

export interface TreeRow {
  id: string
  level: 1 | 2
  label: string
  title?: string
  /** Dim details at the right, the one that matters most first: where there is little room the last ones go first. */
  detail: ReactNode[]
  icon: IconName
  /** Shown at the end of the row. */
  state?: AnyState
  /** Shown like something that is switched off: only a trace of the thing is left. */
  dim?: boolean
  /** Why the thing cannot be used; shown as a mark, in the tooltip and to screen readers. */
  problem?: string
  /** Absent: the row has no children. */
  expanded?: boolean
  onToggle?(): void
  open(): void
  /** Everything that can be done with it; the first `inline` ones also stand on the row. */
  actions: MenuItem[]
  inline: number
  drag?: Dropped
}

/** Milliseconds after which typed letters start a new search. */
const TYPING = 800

/** Rows as an accessible tree with one tab stop: arrows, Home, End, type-ahead, Enter; the menu key or Shift+F10 shows all actions. */
export function Tree({ label, rows }: { label: string; rows: TreeRow[] }): ReactNode {
  const t = useText(SIDEBAR)
  const list = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string>()
  const [menu, setMenu] = useState<{ row: TreeRow; x: number; y: number }>()
  const branching = rows.some((row) => row.expanded !== undefined)
  const typed = useRef({ text: '', at: 0 })
  const current = Math.max(
    0,
    rows.findIndex((row) => row.id === active),
  )
  const focus = (index: number): void => {
    const row = rows[index]
    if (!row) return
    setActive(row.id)
    list.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[index]?.focus()
  }
  const openMenu = (row: TreeRow, element: HTMLElement): void => {
    const box = element.getBoundingClientRect()
    setMenu({ row, x: box.left + 24, y: box.bottom })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const row = rows[current]
    if (!row || event.target !== event.currentTarget) return
    const handled = ((): boolean => {
      switch (event.key) {
        case 'ArrowDown':
          focus(Math.min(rows.length - 1, current + 1))
          return true
        case 'ArrowUp':
          focus(Math.max(0, current - 1))
          return true
        case 'Home':
          focus(0)
          return true
        case 'End':
          focus(rows.length - 1)
          return true
        case 'ArrowRight':
          if (row.expanded === false) row.onToggle?.()
          else if (row.expanded) focus(current + 1)
          return true
        case 'ArrowLeft':
          if (row.expanded) row.onToggle?.()
          else focus(rows.findLastIndex((one, index) => index < current && one.level < row.level))
          return true
        case 'Enter':
          row.open()
          return true
        case ' ':
          if (row.onToggle) row.onToggle()
          else row.open()
          return true
        case 'ContextMenu':
          openMenu(row, event.currentTarget)
          return true
        case 'F10':
          if (event.shiftKey) openMenu(row, event.currentTarget)
          return event.shiftKey
        default:
          if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return false
          typed.current = {
            text: event.timeStamp - typed.current.at < TYPING ? typed.current.text + event.key : event.key,
            at: event.timeStamp,
          }
          focus(
            typeAhead(
              rows.map((one) => one.label),
              current,
              typed.current.text,
            ),
          )
          return true
      }
    })()
    if (handled) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  return (
    <>
      <div role="tree" aria-label={label} ref={list}>
        {rows.map((row, index) => (
          <div
            key={row.id}
            role="treeitem"
            className="sx-tree-row"
            aria-level={row.level}
            data-dim={row.dim || undefined}
            aria-expanded={row.expanded}
            aria-selected={index === current && active !== undefined}
            tabIndex={index === current ? 0 : -1}
            title={[row.title ?? row.label, row.problem].filter(Boolean).join('\n')}
            style={{ paddingLeft: row.level === 1 ? 4 : 20 }}
            data-lm-suppress-shortcuts="true"
            draggable={row.drag !== undefined}
            onDragStart={(event) => startDrag(event, row)}
            onClick={() => {
              setActive(row.id)
              row.open()
            }}
            onKeyDown={onKeyDown}
            onFocus={(event) => event.target === event.currentTarget && setActive(row.id)}
            onContextMenu={(event) => {
              event.preventDefault()
              event.stopPropagation()
              setActive(row.id)
              setMenu({ row, x: event.clientX, y: event.clientY })
            }}
          >
            <Twisty row={row} spaced={branching} />
            <Icon name={row.icon} />
            <RowText label={row.label} detail={row.detail} />
            {row.problem !== undefined && (
              <span className="sx-tree-problem">
                <Icon name="warning" label={row.problem} />
              </span>
            )}
            <span className="sx-tree-actions">
              {row.actions.slice(0, row.inline).map((action) => (
                <IconButton
                  key={action.id}
                  icon={action.icon ?? 'more'}
                  label={action.label}
                  tabIndex={-1}
                  onClick={(event) => {
                    event.stopPropagation()
                    action.run()
                  }}
                />
              ))}
            </span>
            {row.state && <StateBadge state={row.state} iconOnly />}
          </div>
        ))}
      </div>
      {menu && (
        <Menu
          items={menu.row.actions}
          x={menu.x}
          y={menu.y}
          label={t('actions', { name: menu.row.label })}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  )
}

/** The pointer's way to expand; the keyboard has the arrows, so it is no tab stop and hidden from readers. */
function Twisty({ row, spaced }: { row: TreeRow; spaced: boolean }): ReactNode {
  if (row.expanded === undefined) return spaced ? <span className="sx-tree-twisty" /> : null
  return (
    <span
      className="sx-tree-twisty"
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation()
        row.onToggle?.()
      }}
    >
      <Icon name={row.expanded ? 'chevron-down' : 'chevron-right'} />
    </span>
  )
}

function startDrag(event: DragEvent, row: TreeRow): void {
  if (!row.drag) return
  event.dataTransfer.setData(DROP_MIME, JSON.stringify(row.drag))
  event.dataTransfer.setData('text/plain', row.label)
  event.dataTransfer.effectAllowed = 'copy'
}
