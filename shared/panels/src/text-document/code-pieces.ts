/** A mark under a piece of the text. Offsets in UTF-16 units. */
export interface Mark {
  start: number
  end: number
  severity: 'error' | 'warning'
  message: string
}

export interface Piece {
  text: string
  kind?: 'key' | 'text' | 'value' | 'comment'
  severity?: 'error' | 'warning'
}

/** Longer texts are shown in one colour: drawing them anew at each key would be felt. */
const MOST = 60_000

const TOKEN =
  /(?<comment>(?<=^|\s)#.*)|(?<key>"(?:[^"\\\n]|\\.)*"(?=\s*:)|(?<=^[ \t]*(?:- +)?|[{,]\s*)[\w.$/-]+(?=:(?:\s|$)))|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*')|(?<value>(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])|\b(?:true|false|null)\b)/gim

/** The text of JSON or YAML in pieces of one look each. */
export function codePieces(text: string, marks: readonly Mark[]): Piece[] {
  const pieces: (Piece & { start: number })[] = []
  let at = 0
  const add = (end: number, kind?: Piece['kind']): void => {
    if (end > at) pieces.push({ start: at, text: text.slice(at, end), ...(kind && { kind }) })
    at = end
  }
  if (text.length <= MOST)
    for (const match of text.matchAll(TOKEN)) {
      add(match.index)
      const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0]
      add(match.index + match[0].length, kind as Piece['kind'])
    }
  add(text.length)
  return marks.length === 0 ? pieces : pieces.flatMap((piece) => cut(piece, marks))
}

function cut(piece: Piece & { start: number }, marks: readonly Mark[]): Piece[] {
  const end = piece.start + piece.text.length
  const near = marks.filter((mark) => mark.start < end && mark.end > piece.start)
  if (near.length === 0) return [piece]
  const borders = [piece.start, end, ...near.flatMap((mark) => [mark.start, mark.end])]
    .filter((border) => border >= piece.start && border <= end)
    .sort((a, b) => a - b)
  return borders.slice(1).flatMap((to, i) => {
    const from = borders[i] ?? to
    if (from === to) return []
    const over = near.filter((mark) => mark.start < to && mark.end > from)
    const severity = over.some((mark) => mark.severity === 'error') ? 'error' : over[0]?.severity
    const text = piece.text.slice(from - piece.start, to - piece.start)
    return [{ text, ...(piece.kind && { kind: piece.kind }), ...(severity && { severity }) }]
  })
}
