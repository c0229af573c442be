import type { TextChange } from '@secxops/protocol/text-change'

/** A text that the editor owns, as far as the canvas uses it. Whoever makes it also calls the model's `textChanged` and `settled`. */
export interface TextBuffer {
  /** Absolute path of the file. */
  readonly path: string
  text(): string
  dirty(): boolean
  /** The file has changed on disk while it has unsaved changes here. */
  conflict(): boolean
  /** Does one replacement as one undo step of the editor; false: the editor refused, e.g. because the text changed meanwhile. */
  replace(change: TextChange): Promise<boolean>
  undo(): Promise<void>
  redo(): Promise<void>
  /** False: it was not saved. */
  save(): Promise<boolean>
}

/** Where the places of the nodes are kept. */
export interface LayoutStore {
  /** Text of the layout; empty when there is none yet, undefined when it cannot be read and so must not be written. */
  read(): Promise<string | undefined>
  write(text: string): Promise<void>
}
