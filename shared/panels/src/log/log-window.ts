import type { LogChunk } from '@secxops/protocol/run'
import { collapseReturns, parseAnsi, type SgrStyle } from './ansi.ts'

export interface LogLine {
  /** Shown text, escapes inside, cut to {@link MAX_LINE} characters. */
  text: string
  /** Characters that were cut off. */
  cut: number
  /** Colour that an earlier line left switched on. */
  style: SgrStyle
}

/** Longer lines are cut on the screen. */
export const MAX_LINE = 4000
/** Characters kept in memory at most; older or newer pieces are let go and read again when wanted. */
export const MAX_TEXT = 4_194_304
/** Lines kept at most, so that the scrolled height stays below what browsers can show. */
export const MAX_LINES = 200_000
/** Small live pieces are merged up to this many characters. */
const MERGE = 262_144
/** What is kept of a line whose end (or beginning) has not been read. */
const MAX_PARTIAL = 65_536

interface Piece {
  offset: number
  next: number
  text: string
}

/**
 * A bounded, contiguous window over a log file: bytes `start` to `end` as lines. Pieces are put at either end; what no longer
 * fits is dropped from the other one. Knows nothing of how pieces are read.
 */
export class LogWindow {
  /** Lines that begin inside the window, the unfinished last one included. A new array after every change. */
  lines: LogLine[] = []
  /** Bytes of the file as far as known. */
  size = 0
  /** The attempt has ended and nothing will be added. */
  complete = false
  /** Number of the first line; it moves when lines are put before or dropped, so that a line keeps its number. */
  firstId = 0

  #pieces: Piece[] = []
  #partial = ''
  #style: SgrStyle = {}

  get start(): number {
    return this.#pieces[0]?.offset ?? 0
  }

  get end(): number {
    return this.#pieces.at(-1)?.next ?? 0
  }

  get atStart(): boolean {
    return this.start === 0
  }

  get atEnd(): boolean {
    return this.end >= this.size
  }

  /** Starts over with one piece. */
  reset(chunk: LogChunk): void {
    this.#note(chunk)
    this.#pieces = [pieceOf(chunk)]
    this.#rebuild()
    this.firstId = 0
  }

  /** Adds what follows `end`; a piece that does not fit there is ignored. */
  append(chunk: LogChunk): void {
    this.#note(chunk)
    if (this.#pieces.length > 0 && chunk.offset !== this.end) return
    if (chunk.text === '' && chunk.next === chunk.offset) return
    const last = this.#pieces.at(-1)
    if (last && last.text.length + chunk.text.length <= MERGE) {
      last.text += chunk.text
      last.next = chunk.next
    } else this.#pieces.push(pieceOf(chunk))
    this.lines = this.lines.slice()
    this.#addText(chunk.text)
    if (this.#tooLarge()) {
      const before = this.lines.length
      while (this.#tooLarge() && this.#pieces.length > 1) {
        this.#pieces.shift()
        this.#rebuild()
      }
      this.firstId += before - this.lines.length
    }
  }

  /** Adds what comes before `start`; a piece that does not end there is ignored. */
  prepend(chunks: LogChunk[]): void {
    const last = chunks.at(-1)
    if (!last || last.next !== this.start) return
    const before = this.lines.length
    this.#pieces.unshift(...chunks.map(pieceOf))
    this.#rebuild()
    this.firstId -= this.lines.length - before
    while (this.#tooLarge() && this.#pieces.length > 1) {
      this.#pieces.pop()
      this.#rebuild()
    }
  }

  #note(chunk: LogChunk): void {
    this.size = Math.max(chunk.size, chunk.next)
    this.complete = chunk.complete
  }

  #tooLarge(): boolean {
    return this.lines.length > MAX_LINES || this.#pieces.reduce((sum, piece) => sum + piece.text.length, 0) > MAX_TEXT
  }

  #rebuild(): void {
    this.lines = []
    this.#partial = ''
    this.#style = {}
    const pieces = this.#pieces
    const first = pieces[0]
    if (!first) return
    // A window that starts inside a line shows it only once its beginning is read, or when it is all there is.
    this.#addText(first.offset === 0 ? first.text : first.text.slice(first.text.indexOf('\n') + 1))
    for (const piece of pieces.slice(1)) this.#addText(piece.text)
  }

  #addText(text: string): void {
    if (this.#partial !== '') this.lines.pop()
    const parts = text.split('\n')
    parts[0] = this.#partial + (parts[0] ?? '')
    this.#partial = limitPartial(parts.pop() ?? '')
    for (const part of parts) this.#push(part)
    if (this.#partial !== '') {
      const style = this.#style
      this.#push(this.#partial)
      this.#style = style
    }
  }

  #push(raw: string): void {
    const shown = collapseReturns(raw)
    const cut = Math.max(0, shown.length - MAX_LINE)
    const text = cut > 0 ? shown.slice(0, MAX_LINE) : shown
    this.lines.push({ text, cut, style: this.#style })
    if (text.includes('\u001b')) this.#style = parseAnsi(text, this.#style).end
  }
}

const pieceOf = (chunk: LogChunk): Piece => ({ offset: chunk.offset, next: chunk.next, text: chunk.text })

/** A progress bar keeps only its newest state; an endless line only its beginning. */
function limitPartial(partial: string): string {
  if (partial.length <= MAX_PARTIAL) return partial
  const shown = collapseReturns(partial)
  return shown.length <= MAX_PARTIAL ? shown : shown.slice(0, MAX_PARTIAL)
}
