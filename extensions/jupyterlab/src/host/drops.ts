import type { Drag } from '@lumino/dragdrop'
import { DROP_MIME, type DropListener, type Dropped } from '@secxops/panels/host'
import type { PathMap } from './paths.ts'

/** Data of a drag out of the file browser: contents paths. */
const CONTENTS_MIME = 'application/x-jupyter-icontents'
const LUMINO_EVENTS = ['lm-dragenter', 'lm-dragover', 'lm-dragleave', 'lm-drop'] as const

/** Between dragstart and drop the browser hides the data of a drag; what our own panels drag is remembered here. */
let ownDrag: Dropped | undefined

/** Notices drags that start in our panels anywhere in the page. Called once. */
export function watchOwnDrags(): void {
  document.addEventListener('dragstart', (event) => {
    ownDrag = parseDropped(event.dataTransfer?.getData(DROP_MIME))
  })
  document.addEventListener('dragend', () => {
    ownDrag = undefined
  })
}

/** Makes an element take drags of the file browser (Lumino events) and of our own panels (DOM events). Returns the way to stop. */
export function acceptDrops(element: HTMLElement, listener: DropListener, paths: PathMap): () => void {
  const lumino = (event: Event): void => {
    const drag = event as Drag.Event
    const items = draggedPaths(drag, paths)
    const first = items[0]
    if (!first) return
    event.preventDefault()
    event.stopPropagation()
    if (event.type === 'lm-dragleave') listener.leave()
    else if (event.type === 'lm-drop') {
      drag.dropAction = drag.proposedAction
      for (const item of items) listener.drop(item, { x: drag.clientX, y: drag.clientY })
    } else {
      // The file browser offers "move" only; nothing is moved by taking what it proposes.
      drag.dropAction = listener.over(first, drag.clientX, drag.clientY) ? drag.proposedAction : 'none'
    }
  }
  const dom = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes(DROP_MIME)) return
    if (event.type === 'dragleave') {
      if (!element.contains(event.relatedTarget as Node | null)) listener.leave()
      return
    }
    if (event.type === 'drop') {
      const item = parseDropped(event.dataTransfer.getData(DROP_MIME))
      event.preventDefault()
      event.stopPropagation()
      if (item) listener.drop(item, { x: event.clientX, y: event.clientY })
      return
    }
    if (listener.over(ownDrag, event.clientX, event.clientY)) {
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    }
  }
  const domEvents = ['dragenter', 'dragover', 'dragleave', 'drop'] as const
  for (const type of LUMINO_EVENTS) element.addEventListener(type, lumino)
  for (const type of domEvents) element.addEventListener(type, dom)
  return () => {
    for (const type of LUMINO_EVENTS) element.removeEventListener(type, lumino)
    for (const type of domEvents) element.removeEventListener(type, dom)
  }
}

function draggedPaths(drag: Drag.Event, paths: PathMap): Dropped[] {
  if (!drag.mimeData?.hasData(CONTENTS_MIME)) return []
  const data: unknown = drag.mimeData.getData(CONTENTS_MIME)
  if (!Array.isArray(data)) return []
  return data.filter((path) => typeof path === 'string').map((path) => ({ kind: 'path', path: paths.absolute(path) }))
}

function parseDropped(text: string | undefined): Dropped | undefined {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
