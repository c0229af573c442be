import type { ClipboardEvent, KeyboardEvent } from 'react'
import { ACTIONS } from './actions.ts'
import type { Canvas } from './canvas.ts'
import { pasteText } from './clipboard.ts'
import { isMac, matchesKeys } from './keys.ts'

interface KeyProps {
  onKeyDown(event: KeyboardEvent<HTMLElement>): void
  onPaste(event: ClipboardEvent<HTMLElement>): void
}

/** Text fields keep every key that edits text; of ours they pass on only those that no field needs. */
const FIELD_KEYS = new Set(['run', 'continue', 'save'])

/** Keys of the canvas, out of the one list of actions. They work wherever the focus is in the panel, except in text. */
export function useCanvasKeys(canvas: Canvas): KeyProps {
  return {
    onKeyDown(event) {
      const target = event.target
      if (!(target instanceof HTMLElement) || event.nativeEvent.isComposing) return
      const field = target.matches('input, textarea, select, [contenteditable]')
      // A button does its own thing on Enter and Space.
      if (event.key === 'Enter' && target.matches('button, a') && !event.ctrlKey && !event.metaKey) return
      if (event.key === 'Escape' && !field) {
        if (canvas.overlay) canvas.show(undefined)
        else canvas.select([], [], true)
        return
      }
      const action = ACTIONS.find(
        ({ keys, native }) => !native && keys?.some((one) => matchesKeys(event, one, isMac())),
      )
      if (!action || (field && !FIELD_KEYS.has(action.id))) return
      // Marked text, e.g. in a log, is copied as text.
      if ((action.id === 'copy' || action.id === 'cut') && window.getSelection()?.isCollapsed === false) return
      event.preventDefault()
      event.stopPropagation()
      const reason = action.when?.(canvas)
      if (reason) canvas.announce(reason)
      else action.run(canvas)
    },
    onPaste(event) {
      const target = event.target
      if (target instanceof Element && target.closest('input, textarea, [contenteditable]')) return
      const text = event.clipboardData.getData('text/plain')
      if (!text || canvas.readOnly) return
      event.preventDefault()
      void pasteText(canvas, text)
    },
  }
}
