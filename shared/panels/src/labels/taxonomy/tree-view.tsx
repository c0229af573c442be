import { useVirtualizer } from '@tanstack/react-virtual'
import { type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { plainLine } from '../marked.ts'
import { MarkedText } from '../marked-text.tsx'
import { type Where, whereOn } from './places.ts'
import type { TreeRow, Weakness } from './rows.ts'
import { TAXONOMY } from './text.ts'

const ROW = 24
const INDENT = 16

/** A tree of labels, windowed; one row is current. Rows can be dragged onto others. */
export function TreeView({
  rows,
  current,
  sum,
  weak,
  enough,
  onCurrent,
  onToggle,
  onKeyDown,
  onMenu,
  canDrop,
  onDrop,
}: {
  rows: readonly TreeRow[]
  /** Index. */
  current: number
  /** References of a node and all below it. */
  sum: ReadonlyMap<number, number>
  weak: ReadonlyMap<number, Weakness> | undefined
  enough: number
  onCurrent(index: number): void
  onToggle(id: number): void
  /** Keys that do not move about in the tree; `x`, `y`: where a menu of the current row belongs. */
  onKeyDown(event: KeyboardEvent, x: number, y: number): void
  onMenu(index: number, x: number, y: number): void
  canDrop(id: number, onto: number, where: Where): boolean
  onDrop(id: number, onto: number, where: Where): void
}): ReactNode {
  const t = useText(TAXONOMY)
  const uid = useId()
  const box = useRef<HTMLDivElement>(null)
  const [dragged, drag] = useState<number>()
  const [over, setOver] = useState<{ id: number; where: Where }>()
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  useEffect(() => {
    if (current >= 0 && current < rows.length) list.scrollToIndex(current)
  }, [list, current, rows.length])

  const move = (event: KeyboardEvent): boolean => {
    const row = rows[current]
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW) - 1)
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key]
    if (to !== undefined) onCurrent(Math.max(0, Math.min(rows.length - 1, to)))
    else if (event.key === 'ArrowRight' && row?.open === false) onToggle(row.node.id)
    else if (event.key === 'ArrowRight' && row?.open) onCurrent(current + 1)
    else if (event.key === 'ArrowLeft' && row?.open) onToggle(row.node.id)
    else if (event.key === 'ArrowLeft' && row) {
      const parent = rows.findLastIndex((one, index) => index < current && one.depth < row.depth)
      if (parent >= 0) onCurrent(parent)
    } else return false
    return true
  }
  const keyDown = (event: KeyboardEvent): void => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    if (plain && move(event)) {
      event.preventDefault()
      return
    }
    const row = document.getElementById(`${uid}-${current}`)?.getBoundingClientRect()
    onKeyDown(event, (row?.left ?? 0) + 40, row?.bottom ?? 0)
  }
  return (
    <div
      ref={box}
      role="tree"
      aria-label={t('tree')}
      aria-activedescendant={rows[current] ? `${uid}-${current}` : undefined}
      tabIndex={0}
      className="sx-tree"
      data-lm-suppress-shortcuts="true"
      onKeyDown={keyDown}
    >
      <div role="presentation" style={{ position: 'relative', height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const { node, depth, open } = row
          return (
            <div
              key={node.id}
              id={`${uid}-${index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={depth + 1}
              aria-expanded={open}
              aria-selected={index === current}
              aria-setsize={row.siblings}
              aria-posinset={row.place}
              className={`sx-line sx-term${over?.id === node.id ? ` sx-term-${over.where}` : ''}`}
              style={{ transform: `translateY(${start}px)`, paddingLeft: 4 + depth * INDENT }}
              title={node.description ? plainLine(node.description) : undefined}
              draggable
              onClick={() => onCurrent(index)}
              onDoubleClick={() => open !== undefined && onToggle(node.id)}
              onContextMenu={(event) => {
                event.preventDefault()
                onMenu(index, event.clientX, event.clientY)
              }}
              onKeyDown={() => undefined}
              onDragStart={(event) => {
                event.dataTransfer.setData('text/plain', node.name)
                event.dataTransfer.effectAllowed = 'move'
                drag(node.id)
              }}
              onDragEnd={() => {
                drag(undefined)
                setOver(undefined)
              }}
              onDragOver={(event) => dragOver(event, row)}
              onDrop={(event) => {
                event.preventDefault()
                const where = pointedAt(event, row)
                if (dragged !== undefined && canDrop(dragged, node.id, where)) onDrop(dragged, node.id, where)
                setOver(undefined)
              }}
            >
              <span
                className="sx-term-twisty"
                aria-hidden="true"
                onClick={(event) => {
                  event.stopPropagation()
                  if (open !== undefined) onToggle(node.id)
                }}
              >
                {open !== undefined && <Icon name={open ? 'chevron-down' : 'chevron-right'} />}
              </span>
              <span className="sx-ellipsis sx-term-name">
                <MarkedText text={node.name} />
              </span>
              <Marks weak={weak?.get(node.id)} enough={enough} />
              <span className="sx-number sx-dim" title={t('references', { n: sum.get(node.id) ?? 0 })}>
                {(sum.get(node.id) ?? 0).toLocaleString()}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )

  function dragOver(event: DragEvent, row: TreeRow): void {
    const { node } = row
    const where = pointedAt(event, row)
    if (dragged === undefined || !canDrop(dragged, node.id, where)) {
      setOver(undefined)
      return
    }
    event.preventDefault()
    if (over?.id !== node.id || over.where !== where) setOver({ id: node.id, where })
  }
}

function pointedAt({ clientY, currentTarget }: DragEvent, { open }: Pick<TreeRow, 'open'>): Where {
  const { top, height } = currentTarget.getBoundingClientRect()
  return whereOn(clientY - top, height, open === true)
}

/** Why a label cannot be relied on. */
function Marks({ weak, enough }: { weak: Weakness | undefined; enough: number }): ReactNode {
  const t = useText(TAXONOMY)
  if (!weak) return null
  const few = weak.few !== undefined && t('few', { n: weak.few, enough })
  const conflicting = weak.conflicting !== undefined && t('conflicting', { n: weak.conflicting })
  const words = [few, conflicting].filter(Boolean).join('; ')
  return (
    <span className={conflicting ? 'sx-term-mark sx-term-odds' : 'sx-term-mark'} title={words}>
      <Icon name={conflicting ? 'warning' : 'pending'} label={words} />
    </span>
  )
}
