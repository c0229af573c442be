import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { errorBody } from '../ui/error-body.ts'
import { useHost } from '../ui/host-context.ts'
import type { TextDocument, TextDocumentState, TextEdit } from './text-document.ts'

export interface EditedText {
  document: TextDocument
  state: TextDocumentState
  /** The text with what is being typed into a field. */
  text: string
  /**
   * Shows what an edit would make, until it is done or another one is shown; undefined: nothing. `finish`: does it, where other edits are to come
   * on top of it.
   */
  preview(change: TextEdit | undefined, finish?: () => void): void
  /** Does an edit, as one undo step; what does not fit is told to the user. */
  commit(change: TextEdit): void
}

const shown = new WeakMap<TextDocument, TextDocumentState>()

/** The document and the edit that is under way. */
export function useTextDocument(document: TextDocument): EditedText {
  const host = useHost()
  const state = useSyncExternalStore(
    (listener) =>
      document.subscribe(() => {
        shown.set(document, document.state())
        listener()
      }),
    () => {
      const known = shown.get(document) ?? document.state()
      shown.set(document, known)
      return known
    },
  )
  const [draft, setDraft] = useState<{ change: TextEdit }>()
  const text = useMemo(() => drafted(state.text, draft?.change), [state.text, draft])
  const unfinished = useRef<() => void>(undefined)
  const preview = useCallback((change: TextEdit | undefined, finish?: () => void) => {
    unfinished.current = change && finish
    setDraft(change && { change })
  }, [])
  const commit = useCallback(
    (change: TextEdit) => {
      const finish = unfinished.current
      unfinished.current = undefined
      finish?.()
      setDraft(undefined)
      try {
        document.edit(change)
      } catch (error) {
        host.notify('error', errorBody(error).message)
      }
    },
    [document, host],
  )
  return { document, state, text, preview, commit }
}

/** A half-typed value may fit nowhere: then the text is shown as it is. */
function drafted(text: string, change: TextEdit | undefined): string {
  if (!change) return text
  try {
    return change(text)
  } catch {
    return text
  }
}
