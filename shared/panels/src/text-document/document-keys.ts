import type { KeyboardEvent } from 'react'
import type { TextDocument } from './text-document.ts'

/**
 * Keys of the document wherever the focus is in a panel: save also out of a field, what is being typed there included; undo and redo except in a
 * field, which has its own until it is left. `failed`: told why it could not be saved.
 */
export const documentKeys = (
  text: TextDocument,
  failed: (error: unknown) => void,
): { onKeyDown(event: KeyboardEvent): void } => ({
  onKeyDown(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    const field = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
    if (key !== 's' && (field || (key !== 'z' && key !== 'y'))) return
    event.preventDefault()
    event.stopPropagation()
    if (key === 's') {
      if (field) finish(event.target as HTMLElement)
      text.save().catch(failed)
    } else if (key === 'y' || event.shiftKey) text.redo()
    else text.undo()
  },
})

/** A field does its edit when it is left. */
function finish(field: HTMLElement): void {
  field.blur()
  field.focus()
}
