/** What SGR escapes may change; everything else an escape asks for is dropped. */
export interface SgrStyle {
  /** 0–15: a terminal palette entry; a string: `rgb(…)` from 256-colour and true-colour escapes. */
  color?: number | string
  background?: number | string
  bold?: boolean
  italic?: boolean
  underline?: boolean
  dim?: boolean
}

export interface Segment {
  text: string
  style: SgrStyle
}

const ESC = '\u001b'
const PLAIN: SgrStyle = {}

/** CSI, OSC (ended by BEL or ST), other string commands, two-byte escapes, and an escape that the line cut in half. */
const ESCAPE = new RegExp(
  `${ESC}(?:\\[([0-9;:]*)([@-~])|\\[[0-?]*[ -/]*[@-~]|\\[[0-?]*[ -/]*$|\\][^\\u0007${ESC}]*(?:\\u0007|${ESC}\\\\|$)|[PX^_][^${ESC}]*(?:${ESC}\\\\|$)|[ -/]*[0-Z\\\\^-~]|$)`,
  'g',
)
const span = (from: number, to: number): string => `${String.fromCharCode(from)}-${String.fromCharCode(to)}`
/** Everything below space but tab and newline, and the C1 controls. */
const CONTROLS = new RegExp(`[${span(0, 8)}${span(11, 31)}${span(127, 159)}]`, 'g')

/** Splits one line into styled pieces of plain text, beginning with `start`; also tells the style at its end. */
export function parseAnsi(line: string, start: SgrStyle = PLAIN): { segments: Segment[]; end: SgrStyle } {
  if (!line.includes(ESC)) {
    const text = line.replace(CONTROLS, '')
    return { segments: text === '' ? [] : [{ text, style: start }], end: start }
  }
  const segments: Segment[] = []
  let style = start
  let from = 0
  const push = (text: string): void => {
    const clean = text.replace(CONTROLS, '')
    if (clean !== '') segments.push({ text: clean, style })
  }
  for (const match of line.matchAll(ESCAPE)) {
    push(line.slice(from, match.index))
    from = match.index + match[0].length
    if (match[2] === 'm') style = applySgr(style, match[1] ?? '')
  }
  push(line.slice(from))
  return { segments, end: style }
}

/** The line's text without any escape or control character. */
export function plainText(line: string): string {
  const bare = line.includes(ESC) ? line.replace(ESCAPE, '') : line
  return bare.replace(CONTROLS, '')
}

/** What a terminal shows of a line with carriage returns: each `\r` starts over, so the last non-empty piece stays. */
export function collapseReturns(line: string): string {
  if (!line.includes('\r')) return line
  const pieces = line.split('\r')
  for (let i = pieces.length - 1; i >= 0; i--) {
    const piece = pieces[i]
    if (piece !== undefined && piece !== '') return piece
  }
  return ''
}

function applySgr(style: SgrStyle, codes: string): SgrStyle {
  const list = codes === '' ? [0] : codes.split(/[;:]/).map((code) => Number(code) || 0)
  let next: SgrStyle = { ...style }
  for (let i = 0; i < list.length; i++) {
    const code = list[i] ?? 0
    if (code === 38 || code === 48) {
      const { value, used } = extendedColor(list.slice(i + 1))
      if (value !== undefined) next[code === 38 ? 'color' : 'background'] = value
      i += used
    } else next = applyCode(next, code)
  }
  return next
}

function applyCode(style: SgrStyle, code: number): SgrStyle {
  if (code === 0) return {}
  if (code === 1) return { ...style, bold: true }
  if (code === 2) return { ...style, dim: true }
  if (code === 3) return { ...style, italic: true }
  if (code === 4) return { ...style, underline: true }
  if (code === 22) return { ...style, bold: undefined, dim: undefined }
  if (code === 23) return { ...style, italic: undefined }
  if (code === 24) return { ...style, underline: undefined }
  if (code === 39) return { ...style, color: undefined }
  if (code === 49) return { ...style, background: undefined }
  if (code >= 30 && code <= 37) return { ...style, color: code - 30 }
  if (code >= 90 && code <= 97) return { ...style, color: code - 82 }
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 }
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 }
  return style
}

/** `5;n` or `2;r;g;b` behind 38 or 48. */
function extendedColor(rest: number[]): { value?: number | string; used: number } {
  if (rest[0] === 5) {
    const n = Math.min(255, Math.max(0, rest[1] ?? 0))
    if (n < 16) return { value: n, used: 2 }
    if (n >= 232) {
      const grey = 8 + (n - 232) * 10
      return { value: `rgb(${grey} ${grey} ${grey})`, used: 2 }
    }
    const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40)
    const cube = n - 16
    return {
      value: `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`,
      used: 2,
    }
  }
  if (rest[0] === 2) {
    const byte = (n: number | undefined): number => Math.min(255, Math.max(0, n ?? 0))
    return { value: `rgb(${byte(rest[1])} ${byte(rest[2])} ${byte(rest[3])})`, used: 4 }
  }
  return { used: 0 }
}
