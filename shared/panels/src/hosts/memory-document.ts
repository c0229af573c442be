import type { WorkflowLayout } from '@secxops/protocol/workflow'
import { editWorkflow, parseWorkflow } from '@secxops/protocol/workflow-document'
import type { WorkflowDocument, WorkflowDocumentState } from '../host.ts'

interface Snapshot {
  text: string
  layout: WorkflowLayout
}

/** A {@link WorkflowDocument} without an editor, plus what tests do to it from outside. */
export interface MemoryDocument extends WorkflowDocument {
  /** As if the user typed in the text view. */
  setText(text: string): void
  /** As if another program changed the file while it has unsaved changes here. */
  setConflict(conflict: boolean): void
  /** Lines that the panel asked to open as text. */
  opened: (number | undefined)[]
  saves: number
}

/** Workflow document over a string: edits go through the same code as in the editors, undo keeps whole snapshots. */
export function createMemoryDocument(options: { path: string; text: string; layout?: WorkflowLayout }): MemoryDocument {
  const listeners = new Set<() => void>()
  let now: Snapshot = { text: options.text, layout: options.layout ?? { version: 1, nodes: {} } }
  let saved = now.text
  let conflict = false
  const past: { label: string; before: Snapshot }[] = []
  const future: { label: string; after: Snapshot }[] = []
  const first = parseWorkflow(now.text, options.path)
  let good = first.workflow ?? { apiVersion: 'secxops/v1' as const, kind: 'Workflow' as const, nodes: {} }
  let problems = first.problems
  let broken = first.workflow === undefined

  const settle = (next: Snapshot): void => {
    if (next.text !== now.text) {
      const parsed = parseWorkflow(next.text, options.path)
      problems = parsed.problems
      broken = parsed.workflow === undefined
      good = parsed.workflow ?? good
    }
    now = next
    for (const listener of [...listeners]) listener()
  }
  const step = (next: Snapshot, label: string): void => {
    past.push({ label, before: now })
    future.length = 0
    settle(next)
  }
  const document: MemoryDocument = {
    opened: [],
    saves: 0,
    state(): WorkflowDocumentState {
      const undo = past.at(-1)?.label
      const redo = future.at(-1)?.label
      return {
        path: options.path,
        text: now.text,
        workflow: good,
        broken,
        problems,
        layout: now.layout,
        dirty: now.text !== saved,
        ...(undo === undefined ? {} : { undo }),
        ...(redo === undefined ? {} : { redo }),
        conflict,
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    edit: (edits, label) => step(editWorkflow(now.text, now.layout, edits), label),
    undo() {
      const last = past.pop()
      if (!last) return
      future.push({ label: last.label, after: now })
      settle(last.before)
    },
    redo() {
      const next = future.pop()
      if (!next) return
      past.push({ label: next.label, before: now })
      settle(next.after)
    },
    async save() {
      saved = now.text
      document.saves++
      settle(now)
    },
    openText: (line) => document.opened.push(line),
    setText: (text) => step({ text, layout: now.layout }, 'Type'),
    setConflict(value) {
      conflict = value
      settle(now)
    },
  }
  return document
}
