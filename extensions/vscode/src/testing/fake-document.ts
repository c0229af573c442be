import { readFileSync, writeFileSync } from 'node:fs'
import { EventEmitter, Position, Range, TextDocumentChangeReason, type Uri } from './fake-values.ts'

interface Step {
  before: string
  after: string
}

export interface TextChange {
  document: FakeDocument
  contentChanges: { text: string }[]
  reason: number | undefined
}

/** A text as the editor holds it: with its own undo, dirty mark, and the file that it was read from. */
export class FakeDocument {
  static readonly changed = new EventEmitter<TextChange>()
  static readonly saved = new EventEmitter<FakeDocument>()

  readonly uri: Uri
  readonly languageId: string
  isClosed = false
  version = 1
  #text: string
  /** What the file held when it was last read or written. */
  #file: string
  #steps: Step[] = []
  #at = 0
  /** The step after which text and file were the same; undefined: before the first. */
  #clean: Step | undefined

  constructor(uri: Uri, text: string, languageId: string) {
    this.uri = uri
    this.languageId = languageId
    this.#text = text
    this.#file = text
  }

  get fileName(): string {
    return this.uri.fsPath
  }

  get isUntitled(): boolean {
    return this.uri.scheme === 'untitled'
  }

  get isDirty(): boolean {
    return this.isUntitled || this.#steps[this.#at - 1] !== this.#clean
  }

  get lineCount(): number {
    return this.#text.split('\n').length
  }

  getText(range?: Range): string {
    return range ? this.#text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.#text
  }

  lineAt(at: number | Position) {
    const line = typeof at === 'number' ? at : at.line
    const text = this.#text.split('\n')[line]?.replace(/\r$/, '')
    if (text === undefined) throw new Error('Illegal value for `line`')
    const range = new Range(line, 0, line, text.length)
    return { lineNumber: line, text, range, firstNonWhitespaceCharacterIndex: /^\s*/.exec(text)?.[0].length ?? 0 }
  }

  positionAt(offset: number): Position {
    const before = this.#text.slice(0, Math.max(0, offset))
    return new Position(before.split('\n').length - 1, before.length - (before.lastIndexOf('\n') + 1))
  }

  offsetAt({ line, character }: Position): number {
    let start = 0
    for (let i = 0; i < line; i++) {
      const end = this.#text.indexOf('\n', start)
      if (end < 0) return this.#text.length
      start = end + 1
    }
    return Math.min(start + character, this.#text.length)
  }

  getWordRangeAtPosition({ line, character }: Position, pattern = /[\w-]+/): Range | undefined {
    const words = this.lineAt(line).text.matchAll(new RegExp(pattern.source, 'g'))
    for (const { index, 0: word } of words)
      if (index <= character && character <= index + word.length)
        return new Range(line, index, line, index + word.length)
    return undefined
  }

  /** Does replacements of the text as it is now, as one undo step. */
  replace(edits: { range: Range; text: string }[]): void {
    const places = edits.map(({ range, text }) => ({
      from: this.offsetAt(range.start),
      to: this.offsetAt(range.end),
      text,
    }))
    const after = places
      .sort((a, b) => b.from - a.from)
      .reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), this.#text)
    this.type(after)
  }

  /** Makes `text` the whole text, as one undo step. */
  type(text: string): void {
    this.#steps = [...this.#steps.slice(0, this.#at), { before: this.#text, after: text }]
    this.#at = this.#steps.length
    this.#become(text)
  }

  undo(): void {
    const step = this.#steps[this.#at - 1]
    if (!step) return
    this.#at--
    this.#become(step.before, TextDocumentChangeReason.Undo)
  }

  redo(): void {
    const step = this.#steps[this.#at]
    if (!step) return
    this.#at++
    this.#become(step.after, TextDocumentChangeReason.Redo)
  }

  /** False: the file was changed by somebody else since, which the user would be asked about. */
  async save(): Promise<boolean> {
    if (this.uri.scheme !== 'file') return false
    if (!this.isDirty) return true
    if (this.#onDisk() !== this.#file) return false
    writeFileSync(this.uri.fsPath, this.#text)
    this.#settle()
    FakeDocument.saved.fire(this)
    return true
  }

  /** The file has changed: what has no unsaved changes is read again. */
  followFile(): void {
    const text = this.#onDisk()
    if (this.isDirty || text === undefined || text === this.#text) return
    this.#steps = [...this.#steps.slice(0, this.#at), { before: this.#text, after: text }]
    this.#at = this.#steps.length
    this.#text = text
    this.#settle()
    this.#become(text)
  }

  /** Gives a text that nobody edits, such as a log, what it says now. */
  refresh(text: string): void {
    if (text === this.#text) return
    this.#file = text
    this.#become(text)
  }

  #settle(): void {
    this.#file = this.#text
    this.#clean = this.#steps[this.#at - 1]
  }

  #become(text: string, reason?: number): void {
    this.#text = text
    this.version++
    FakeDocument.changed.fire({ document: this, contentChanges: [{ text }], reason })
  }

  #onDisk(): string | undefined {
    try {
      return readFileSync(this.uri.fsPath, 'utf8')
    } catch {
      return undefined
    }
  }
}
