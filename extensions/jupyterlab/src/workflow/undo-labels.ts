import type * as Y from 'yjs'

const LABEL = 'label'

/**
 * Names of the undo steps of a document, kept in the undo manager's own stack items, so that text edits, moves and steps of
 * other views of the document stand in one order. A step that somebody else made (typing in the text view) has no name:
 * `unnamed` is used.
 */
export class UndoLabels {
  readonly #manager: Y.UndoManager
  readonly #unnamed: string
  readonly #changed: () => void
  #pending: string | undefined

  /** `changed` is called when the stacks have changed: that is after the observers of the text. */
  constructor(manager: Y.UndoManager, unnamed: string, changed: () => void) {
    this.#manager = manager
    this.#unnamed = unnamed
    this.#changed = changed
    manager.on('stack-item-added', this.#added)
    manager.on('stack-item-popped', changed)
    manager.on('stack-cleared', changed)
  }

  dispose(): void {
    this.#manager.off('stack-item-added', this.#added)
    this.#manager.off('stack-item-popped', this.#changed)
    this.#manager.off('stack-cleared', this.#changed)
  }

  get undo(): string | undefined {
    return this.#top(this.#manager.undoStack)
  }

  get redo(): string | undefined {
    return this.#top(this.#manager.redoStack)
  }

  /** Runs `change`, whose edits become one step of this name. */
  step(label: string | undefined, change: () => void): void {
    this.#pending = label
    try {
      change()
    } finally {
      this.#pending = undefined
    }
  }

  #top(stack: { meta: Map<unknown, unknown> }[]): string | undefined {
    const item = stack.at(-1)
    if (!item) return undefined
    const label = item.meta.get(LABEL)
    return typeof label === 'string' ? label : this.#unnamed
  }

  readonly #added = ({ stackItem }: { stackItem: { meta: Map<unknown, unknown> } }): void => {
    if (this.#pending !== undefined) stackItem.meta.set(LABEL, this.#pending)
    this.#changed()
  }
}
