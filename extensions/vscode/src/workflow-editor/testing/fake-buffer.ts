import { applyChange, type TextChange } from '@secxops/protocol/text-change'
import type { TextBuffer } from '../text-buffer.ts'

/** A text with the undo of the editor: every replacement is a step, typing in a row is one. */
export class FakeBuffer implements TextBuffer {
  readonly path = '/work/demo.workflow.yaml'
  changed: (reason: 'undo' | 'redo' | undefined) => void = () => undefined
  /** The editor refuses so many of the next replacements. */
  refusals = 0
  #text: string
  #saved: string
  readonly #past: string[] = []
  #future: string[] = []
  #typing = false
  readonly #lineEnd: '\n' | '\r\n'

  constructor(text: string, lineEnd: '\n' | '\r\n' = '\n') {
    this.#lineEnd = lineEnd
    this.#text = this.#ends(text)
    this.#saved = this.#text
  }

  text(): string {
    return this.#text
  }

  dirty(): boolean {
    return this.#text !== this.#saved
  }

  conflict(): boolean {
    return false
  }

  async replace(change: TextChange): Promise<boolean> {
    if (this.refusals > 0) {
      this.refusals--
      return false
    }
    this.#typing = false
    this.#step(applyChange(this.#text, change))
    return true
  }

  /** Somebody types in the text view; letters in a row are undone together. */
  type(text: string): void {
    if (!this.#typing) this.#past.push(this.#text)
    this.#typing = true
    this.#future = []
    this.#text = this.#ends(text)
    this.changed(undefined)
  }

  /** Undo of the editor's own menu, or what the canvas asks for. */
  async undo(): Promise<void> {
    this.#typing = false
    const before = this.#past.pop()
    if (before === undefined) return
    this.#future.push(this.#text)
    this.#text = before
    this.changed('undo')
  }

  async redo(): Promise<void> {
    this.#typing = false
    const after = this.#future.pop()
    if (after === undefined) return
    this.#past.push(this.#text)
    this.#text = after
    this.changed('redo')
  }

  async save(): Promise<boolean> {
    this.#saved = this.#text
    return true
  }

  #step(text: string): void {
    this.#past.push(this.#text)
    this.#future = []
    this.#text = this.#ends(text)
    this.changed(undefined)
  }

  #ends(text: string): string {
    return text.replace(/\r?\n/g, this.#lineEnd)
  }
}
