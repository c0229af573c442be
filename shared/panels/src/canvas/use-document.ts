import { useSyncExternalStore } from 'react'
import type { WorkflowDocument, WorkflowDocumentState } from '../host.ts'

const shown = new WeakMap<WorkflowDocument, WorkflowDocumentState>()

/** State of the document; read anew only when the document says that it changed, as a host may build it on each call. */
export function useDocument(document: WorkflowDocument): WorkflowDocumentState {
  return useSyncExternalStore(
    (listener) =>
      document.subscribe(() => {
        shown.set(document, document.state())
        listener()
      }),
    () => {
      const state = shown.get(document) ?? document.state()
      shown.set(document, state)
      return state
    },
  )
}
