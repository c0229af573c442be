import type { DocumentRegistry } from '@jupyterlab/docregistry'
import type { Contents } from '@jupyterlab/services'

/** Milliseconds between two looks at the file while the page is visible. */
const PAUSE = 3000

/**
 * Notices that the file was changed by somebody else (another tab, an editor, git). Without unsaved changes here the
 * document is read again; with some, `conflict` is true until it is saved or reverted.
 */
export class DiskWatch {
  readonly #context: DocumentRegistry.Context
  readonly #contents: Contents.IManager
  readonly #changed: () => void
  readonly #timer: ReturnType<typeof setInterval>
  #saving = false
  #looking = false
  conflict = false

  constructor(context: DocumentRegistry.Context, contents: Contents.IManager, changed: () => void) {
    this.#context = context
    this.#contents = contents
    this.#changed = changed
    this.#timer = setInterval(() => void this.look(), PAUSE)
    document.addEventListener('visibilitychange', this.#seen)
    context.saveState.connect(this.#onSaveState, this)
    context.fileChanged.connect(this.#settled, this)
  }

  dispose(): void {
    clearInterval(this.#timer)
    document.removeEventListener('visibilitychange', this.#seen)
    this.#context.saveState.disconnect(this.#onSaveState, this)
    this.#context.fileChanged.disconnect(this.#settled, this)
  }

  /** Compares the file with what was last read or written here. */
  async look(): Promise<void> {
    const known = this.#context.contentsModel?.last_modified
    if (document.hidden || this.#saving || this.#looking || this.conflict || !known || this.#context.isDisposed) return
    this.#looking = true
    try {
      const now = await this.#contents.get(this.#context.path, { content: false })
      // Saved or read again in the meantime: the next look compares with that.
      if (this.#context.contentsModel?.last_modified !== known || this.#saving) return
      if (now.last_modified === known) return
      if (this.#context.model.dirty) {
        this.conflict = true
        this.#changed()
      } else await this.#context.revert()
    } catch {
      // The file is gone or the server does not answer: saving says so, looking need not.
    } finally {
      this.#looking = false
    }
  }

  readonly #seen = (): void => void this.look()

  #onSaveState(_: unknown, state: DocumentRegistry.SaveState): void {
    this.#saving = state === 'started'
  }

  #settled(): void {
    if (!this.conflict) return
    this.conflict = false
    this.#changed()
  }
}
