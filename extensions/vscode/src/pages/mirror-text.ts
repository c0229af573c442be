import type { TextDocument, TextDocumentState, TextEdit } from '@secxops/panels/text-document/text-document'
import { textChange } from '@secxops/protocol/text-change'
import type { SharedText } from '../webviews/contract.ts'
import { QUICK } from '../webviews/deadline.ts'
import type { PagePeer } from './page-peer.ts'

/** Tries of an edit while somebody else is typing into the same text. */
const TRIES = 5

interface Pending {
  change: TextEdit
  tries: number
}

/**
 * A text of the editor inside a page. An edit is shown at once and sent as what it changes in the text that the host told last; where that has
 * changed meanwhile, it is made anew out of the text as it is then.
 */
export class MirrorText implements TextDocument {
  readonly #peer: PagePeer
  readonly #listeners = new Set<() => void>()
  #told: SharedText
  #shown: TextDocumentState
  #pending: Pending[] = []
  #sending = false

  constructor(peer: PagePeer, told: SharedText) {
    this.#peer = peer
    this.#told = told
    this.#shown = told
  }

  state(): TextDocumentState {
    return this.#shown
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  edit(change: TextEdit): void {
    // What does not fit is refused here, before anything is on its way.
    if (change(this.#shown.text) === this.#shown.text) return
    this.#pending.push({ change, tries: TRIES })
    this.#show()
    void this.#send()
  }

  undo(): void {
    this.#peer.tell('undo', null)
  }

  redo(): void {
    this.#peer.tell('redo', null)
  }

  async save(): Promise<void> {
    await this.#send()
    await this.#peer.request('save', {}, { deadline: null })
  }

  openText(line?: number): void {
    this.#peer.tell('openText', line === undefined ? {} : { line })
  }

  /** Takes the text as the editor has it now. */
  changed(told: SharedText): void {
    this.#told = told
    this.#show()
  }

  #idle: Promise<void> = Promise.resolve()

  #send(): Promise<void> {
    if (!this.#sending) this.#idle = this.#sendAll()
    return this.#idle
  }

  async #sendAll(): Promise<void> {
    this.#sending = true
    for (let first = this.#pending[0]; first; first = this.#pending[0]) {
      const { text, version } = this.#told
      const after = applied(text, first)
      const done =
        after === text ||
        (await this.#peer
          .request('replace', { change: textChange(text, after), version }, { deadline: QUICK })
          .catch(() => false))
      if (done || --first.tries === 0) this.#pending.shift()
      this.#show()
    }
    this.#sending = false
  }

  #show(): void {
    const text = this.#pending.reduce(applied, this.#told.text)
    this.#shown = { ...this.#told, text, dirty: this.#told.dirty || this.#pending.length > 0 }
    for (const listener of [...this.#listeners]) listener()
  }
}

/** An edit that fits no more is left out. */
function applied(text: string, { change }: Pending): string {
  try {
    return change(text)
  } catch {
    return text
  }
}
