import { layoutText, parseLayout } from '@secxops/protocol/layout-file'
import type { WorkflowLayout } from '@secxops/protocol/workflow'
import type { LayoutStore } from './text-buffer.ts'

/** Moves are written this many milliseconds after the last one. */
const PAUSE = 800

/** Brings the layout of one document to its file and back. What cannot be read is never written over. */
export class LayoutKeeper {
  readonly #store: LayoutStore
  readonly #now: () => WorkflowLayout
  /** Text of the layout as it is on disk; undefined: unknown, then it is not written. */
  #onDisk: string | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(store: LayoutStore, now: () => WorkflowLayout) {
    this.#store = store
    this.#now = now
  }

  /** The layout on disk when it is another one than is known here; undefined: nothing new, or it cannot be read. */
  async read(): Promise<WorkflowLayout | undefined> {
    // What is about to be written is newer.
    if (this.#timer) return undefined
    try {
      const text = await this.#store.read()
      if (text === undefined) return undefined
      const layout = text === '' ? { version: 1 as const, nodes: {} } : parseLayout(text)
      const known = layoutText(layout)
      if (known === this.#onDisk) return undefined
      this.#onDisk = known
      return layout
    } catch {
      return undefined
    }
  }

  /** Writes the layout soon. */
  changed(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), PAUSE)
  }

  /** Writes what is not written yet; a folder that refuses costs the places, never the workflow. */
  async flush(): Promise<void> {
    if (!this.#timer) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    const text = layoutText(this.#now())
    if (this.#onDisk === undefined || this.#onDisk === text) return
    this.#onDisk = text
    await this.#store.write(text).catch((error: unknown) => console.warn('SecXOps: the layout was not written.', error))
  }
}
