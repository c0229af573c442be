/** Longer documents are looked at up to here. */
const LIMIT = 4_000_000

/**
 * A document as a base keeps texts (NFKC, runs of white space as one space), with the way back to the document's own offsets: so that a
 * labelled text is found again where it stands.
 */
export class FoldedText {
  readonly #folded: string
  /** Offset in the document of every character of the folded text, and of its end. */
  readonly #offsets: Uint32Array

  constructor(document: string) {
    const text = document.slice(0, LIMIT)
    const parts: string[] = []
    const offsets: number[] = []
    let blank = false
    // A letter with its marks is folded as one.
    for (const { 0: piece, index } of text.matchAll(/[\x21-\x7e]+(?!\p{M})|\s+|\P{M}\p{M}*|\p{M}+/gu)) {
      const white = /^\s/.test(piece)
      const folded = white ? ' ' : piece.normalize('NFKC')
      if (white && blank) continue
      blank = white
      parts.push(folded)
      for (let i = 0; i < folded.length; i++) offsets.push(index + (folded.length === piece.length ? i : 0))
    }
    this.#folded = parts.join('')
    this.#offsets = Uint32Array.from([...offsets, text.length])
  }

  /** Where `text` (folded) stands: the place nearest to the offset `near` of the document. Undefined when it is not there. */
  find(text: string, near = 0): { from: number; to: number } | undefined {
    if (text === '') return undefined
    const start = this.#indexOf(near)
    const after = this.#folded.indexOf(text, start)
    const before = this.#folded.lastIndexOf(text, start)
    const nearest = after < 0 || (before >= 0 && start - before < after - start) ? before : after
    if (nearest < 0) return undefined
    const offsets = this.#offsets
    return {
      from: offsets[nearest] ?? 0,
      to: (offsets[nearest + text.length - 1] ?? 0) + this.#width(nearest + text.length - 1),
    }
  }

  /** Characters of the document behind one of the folded text, white space at its end left out. */
  #width(index: number): number {
    const at = this.#offsets[index] ?? 0
    let next = index + 1
    while (next < this.#offsets.length - 1 && this.#offsets[next] === at) next++
    return (this.#offsets[next] ?? at) - at
  }

  #indexOf(offset: number): number {
    let [low, high] = [0, this.#offsets.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#offsets[middle] ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return low
  }
}
