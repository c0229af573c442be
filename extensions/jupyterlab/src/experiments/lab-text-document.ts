import type { YFile } from '@jupyter/ydoc'
import type { DocumentRegistry } from '@jupyterlab/docregistry'
import type { Contents } from '@jupyterlab/services'
import type { TextDocument, TextDocumentState, TextEdit } from '@secxops/panels/text-document/text-document'
import { textChange } from '@secxops/protocol/text-change'
import { DiskWatch } from '../workflow/disk-watch.ts'

export interface TextDocumentParts {
  context: DocumentRegistry.Context
  contents: Contents.IManager
  /** Contents path → absolute path. */
  absolute(path: string): string
  openText(path: string, line?: number): void
}

/** {@link TextDocument} over JupyterLab's shared text model: the form and the text editor of a file show the same one. */
export class LabTextDocument implements TextDocument {
  readonly #parts: TextDocumentParts
  readonly #file: YFile
  readonly #disk: DiskWatch
  readonly #listeners = new Set<() => void>()
  #state: TextDocumentState | undefined

  private constructor(parts: TextDocumentParts) {
    this.#parts = parts
    const { context, contents } = parts
    this.#file = context.model.sharedModel as YFile
    this.#disk = new DiskWatch(context, contents, this.#tell)
    this.#file.ysource.observe(this.#tell)
    context.model.stateChanged.connect(this.#tell)
    context.pathChanged.connect(this.#tell)
    context.fileChanged.connect(this.#tell)
  }

  static async open(parts: TextDocumentParts): Promise<LabTextDocument> {
    await parts.context.ready
    const file = parts.context.model.sharedModel as YFile
    // Loading the file counts as a change for the undo manager: undoing it would leave an empty document.
    if (!parts.context.model.dirty && file.undoManager.undoStack.length === 1) file.clearUndoHistory()
    return new LabTextDocument(parts)
  }

  state(): TextDocumentState {
    const { context, absolute } = this.#parts
    this.#state ??= {
      path: absolute(context.path),
      text: this.#file.getSource(),
      dirty: context.model.dirty,
      conflict: this.#disk.conflict,
    }
    return this.#state
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  edit(change: TextEdit): void {
    const before = this.#file.getSource()
    const after = change(before)
    if (after === before) return
    const { offset, deleteCount, insert } = textChange(before, after)
    const { undoManager, ysource } = this.#file
    undoManager.stopCapturing()
    this.#file.transact(() => {
      ysource.delete(offset, deleteCount)
      ysource.insert(offset, insert)
    })
    undoManager.stopCapturing()
    this.#file.dirty = true
  }

  undo(): void {
    this.#file.undoManager.undo()
  }

  redo(): void {
    this.#file.undoManager.redo()
  }

  async save(): Promise<void> {
    await this.#parts.context.save()
  }

  openText(line?: number): void {
    this.#parts.openText(this.#parts.context.path, line)
  }

  /** The panel is closed. */
  dispose(): void {
    const { context } = this.#parts
    this.#disk.dispose()
    this.#listeners.clear()
    this.#file.ysource.unobserve(this.#tell)
    context.model.stateChanged.disconnect(this.#tell)
    context.pathChanged.disconnect(this.#tell)
    context.fileChanged.disconnect(this.#tell)
  }

  readonly #tell = (): void => {
    this.#state = undefined
    for (const listener of [...this.#listeners]) listener()
  }
}
