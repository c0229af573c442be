import { isMap } from '@secxops/protocol/json'
import type { SpacePath } from '@secxops/protocol/search-space/space'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { pathKey, useSpace } from './space-context.ts'

interface RowDrag {
  draggable: true
  onDragStart(event: DragEvent): void
  onDragEnd(): void
}

/** Where a dragged entry would go: above or below a row. */
export type Edge = 'above' | 'below'

export interface Reorder {
  /** Of the handle of a row. */
  handle(path: SpacePath): RowDrag
  /** Of the row itself. */
  row(path: SpacePath): { onDragOver(event: DragEvent): void; onDrop(event: DragEvent): void }
  edge(path: SpacePath): Edge | undefined
  /** Alt+↑ and Alt+↓. */
  keys(path: SpacePath): (event: KeyboardEvent) => void
  /** Moves by places, as far as it goes. */
  move(path: SpacePath, by: number): void
}

/** Moving the entries of one map among themselves. */
export function useReorder(into: SpacePath): Reorder {
  const { valueAt, edit } = useSpace()
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<{ row: string; edge: Edge }>()
  const keysNow = (): string[] => {
    const map = valueAt(into)
    return isMap(map) ? Object.keys(map) : []
  }
  const nameOf = (path: SpacePath): string => String(path.at(-1))
  const moveTo = (name: string, to: number): void => {
    const keys = keysNow()
    const first = keys[0] === '_name' ? 1 : 0
    const place = Math.max(first, Math.min(keys.length - 1, to))
    if (place !== keys.indexOf(name)) edit([{ kind: 'move', path: [...into, name], to: place }])
  }
  const move = (path: SpacePath, by: number): void => moveTo(nameOf(path), keysNow().indexOf(nameOf(path)) + by)
  const edgeAt = (event: DragEvent): Edge => {
    const box = event.currentTarget.getBoundingClientRect()
    return event.clientY < box.top + box.height / 2 ? 'above' : 'below'
  }
  return {
    move,
    handle: (path) => ({
      draggable: true,
      onDragStart(event) {
        event.stopPropagation()
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', nameOf(path))
        setDragged(nameOf(path))
      },
      onDragEnd() {
        setDragged(undefined)
        setOver(undefined)
      },
    }),
    row: (path) => ({
      onDragOver(event) {
        if (dragged === undefined) return
        event.preventDefault()
        event.stopPropagation()
        setOver({ row: pathKey(path), edge: edgeAt(event) })
      },
      onDrop(event) {
        if (dragged === undefined) return
        event.preventDefault()
        event.stopPropagation()
        const keys = keysNow().filter((key) => key !== dragged)
        moveTo(dragged, keys.indexOf(nameOf(path)) + (edgeAt(event) === 'above' ? 0 : 1))
      },
    }),
    edge: (path) => (over?.row === pathKey(path) && dragged !== nameOf(path) ? over.edge : undefined),
    keys: (path) => (event) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
      event.preventDefault()
      event.stopPropagation()
      move(path, event.key === 'ArrowUp' ? -1 : 1)
    },
  }
}
