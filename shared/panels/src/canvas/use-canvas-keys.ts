import { type ClipboardEvent, type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { ACTIONS } from './actions.ts'
import type { Canvas } from './canvas.ts'
import { pasteText } from './clipboard.ts'
import { isMac, matchesKeys } from './keys.ts'

interface KeyProps {
  ref: RefObject<HTMLDivElement>
  tabIndex: number
  onFocus(event: FocusEvent<HTMLElement>): void
  onBlur(event: FocusEvent<HTMLElement>): void
  onKeyDown(event: KeyboardEvent<HTMLElement>): void
  onPaste(event: ClipboardEvent<HTMLElement>): void
}

/** Text fields keep every key that edits text; of ours they pass on only those that no field needs. */
const FIELD_KEYS = new Set(['run', 'continue', 'save'])

/** Keys of the canvas, out of the one list of actions. They work wherever the focus is in the panel, except in text. */
export function useCanvasKeys(canvas: Canvas): KeyProps {
  const ref = canvas.root
  const inside = useRef(false)
  // What had the focus may be gone (a deleted node, an undone one): the keys must go on working, so the graph takes it.
  useEffect(() => {
    const box = ref.current
    if (!box) return
    const observer = new MutationObserver(() => {
      // In a page that has not got the focus itself it would be taken from the editor beside.
      if (!inside.current || !document.hasFocus() || document.activeElement !== document.body) return
      const stop = box.querySelector<HTMLElement>('.react-flow__node[tabindex="0"]')
      ;(stop ?? box).focus({ preventScroll: true })
    })
    observer.observe(box, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [ref])
  useEffect(() => {
    const press = ({ target }: PointerEvent): void => {
      if (target instanceof Node && !ref.current?.contains(target)) inside.current = false
    }
    document.addEventListener('pointerdown', press, true)
    return () => document.removeEventListener('pointerdown', press, true)
  }, [ref])
  return {
    ref,
    tabIndex: -1,
    onFocus({ target }) {
      inside.current = true
      // Coming by keys, the focused node is the one that keys act on.
      const id = target.dataset.id
      if (!id || !target.matches('.react-flow__node:focus-visible')) return
      canvas.reselect((old) => (old.nodes.includes(id) ? old : { nodes: [id], edges: [] }))
    },
    onBlur({ relatedTarget }) {
      if (relatedTarget instanceof Node && !ref.current?.contains(relatedTarget)) inside.current = false
    },
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
