/** Parsed by nobody: a text file of the user that a form shows. */
export interface TextDocumentState {
  /** Absolute path of the file. */
  path: string
  text: string
  dirty: boolean
  /** The file changed on disk while it has unsaved changes here. */
  conflict: boolean
}

/** What makes a new text of the one that is there then. Throws `SecxopsError` where it does not fit it; nothing has changed then. */
export type TextEdit = (text: string) => string

/**
 * A text file owned by the editor. A form sends edits, the editor applies them to the text as it is then and the new text comes back; undo,
 * dirty mark and saving are the editor's.
 */
export interface TextDocument {
  state(): TextDocumentState
  subscribe(listener: () => void): () => void
  /** One undo step. An edit that throws is told to the user. */
  edit(change: TextEdit): void
  undo(): void
  redo(): void
  save(): Promise<void>
  /** Opens the same document in the editor's text view, at a line if given. */
  openText(line?: number): void
}
