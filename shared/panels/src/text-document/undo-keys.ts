import type { KeyboardEvent } from 'react'
import type { TextDocument } from './text-document.ts'

/** Undo and redo of the document wherever the focus is in a panel, except in a field, which has its own until it is left. */
export const undoKeys = (document: TextDocument): { onKeyDown(event: KeyboardEvent): void } => ({
  onKeyDown(event) {
    const field = event.target instanceof Element && event.target.matches('input, textarea, select')
    const key = event.key.toLowerCase()
    if (field || !(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return
    event.preventDefault()
    event.stopPropagation()
    if (key === 'y' || event.shiftKey) document.redo()
    else document.undo()
  },
})
