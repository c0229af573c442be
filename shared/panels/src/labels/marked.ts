/** A piece of a text: shown as it is, or an invisible character (`n` of them in a row) that must be told. */
export type Piece = string | { code: string; n: number; turns: boolean }

const INVISIBLE = /([\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}])\1*/gu
/** Seen as what they do. */
const LAYOUT = new Set(['\n', '\t'])
/** Bidirectional controls: what follows them may be shown in another order. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** Splits a text so that no character of it can hide, or change how the rest is shown. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const plain = text.replaceAll('\r\n', '\n')
  for (const match of plain.matchAll(INVISIBLE)) {
    const [run, one = ''] = match
    if (LAYOUT.has(one)) continue
    if (match.index > at) pieces.push(plain.slice(at, match.index))
    const code = `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    pieces.push({ code, n: run.length / one.length, turns: TURNING.test(one) })
    at = match.index + run.length
  }
  if (at < plain.length) pieces.push(plain.slice(at))
  return pieces
}

/** The text in one line with its invisible characters written out, for titles and spoken names. */
export const plainLine = (text: string): string =>
  piecesOf(text)
    .map((piece) => (typeof piece === 'string' ? piece : `[${piece.code}]`))
    .join('')
    .replace(/\s+/g, ' ')

/** At most `length` characters, whole ones; `…` where it was cut. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length)}…`
}
