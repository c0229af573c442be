import type { TextDocument } from '../text-document/text-document.ts'

/** A {@link TextDocument} over a string, plus what tests do to it from outside. */
export interface MemoryTextDocument extends TextDocument {
  /** As if the user typed in the editor's text view. */
  setText(text: string): void
  setConflict(conflict: boolean): void
  /** Lines that the panel asked to open as text. */
  opened: (number | undefined)[]
}

export function createMemoryTextDocument(path: string, first: string): MemoryTextDocument {
  const listeners = new Set<() => void>()
  const past: string[] = []
  const future: string[] = []
  let state = { path, text: first, dirty: false, conflict: false }
  let saved = first
  const settle = (text: string, conflict = state.conflict): void => {
    state = { path, text, dirty: text !== saved, conflict }
    for (const listener of [...listeners]) listener()
  }
  const step = (text: string): void => {
    if (text === state.text) return
    past.push(state.text)
    future.length = 0
    settle(text)
  }
  const turn = (from: string[], to: string[]): void => {
    const text = from.pop()
    if (text === undefined) return
    to.push(state.text)
    settle(text)
  }
  const opened: (number | undefined)[] = []
  return {
    opened,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    edit: (change) => step(change(state.text)),
    undo: () => turn(past, future),
    redo: () => turn(future, past),
    async save() {
      saved = state.text
      settle(state.text)
    },
    openText: (line) => opened.push(line),
    setText: step,
    setConflict: (conflict) => settle(state.text, conflict),
  }
}
