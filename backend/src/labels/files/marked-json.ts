import { type MarkedValue, MOST_NESTING } from './marked-value.ts'
import { refusal } from './taxonomy-outline.ts'

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\n]|\\.)*"/y
const WORD = /[-+.\w]+/y

/** Reads JSON (RFC 8259). Throws bad-request with the line. */
export function readMarkedJson(text: string): MarkedValue {
  const reader = new Reader(text)
  const value = reader.value(0)
  reader.end()
  return value
}

class Reader {
  readonly #text: string
  #at = 0
  #line = 1
  /** Where the line ends. */
  #lineEnd: number

  constructor(text: string) {
    this.#text = text
    this.#lineEnd = endOfLine(text, 0)
  }

  value(depth: number): MarkedValue {
    this.#skip()
    const line = this.#lineNow()
    if (depth > MOST_NESTING) throw refusal(line, `The JSON is nested deeper than ${MOST_NESTING} times.`)
    const c = this.#text[this.#at]
    if (c === '{') return this.#map(line, depth)
    if (c === '[') return this.#list(line, depth)
    return { line, kind: 'scalar', text: c === '"' ? this.#string() : this.#word() }
  }

  end(): void {
    this.#skip()
    if (this.#at < this.#text.length) throw this.#wrong('the end')
  }

  #map(line: number, depth: number): MarkedValue {
    const entries: { key: string; line: number; value: MarkedValue }[] = []
    this.#items('}', () => {
      const keyLine = this.#lineNow()
      if (this.#text[this.#at] !== '"') throw this.#wrong('a name in double quotes')
      const key = this.#string()
      this.#skip()
      if (this.#text[this.#at] !== ':') throw this.#wrong('":"')
      this.#at++
      entries.push({ key, line: keyLine, value: this.value(depth + 1) })
    })
    return { line, kind: 'map', entries }
  }

  #list(line: number, depth: number): MarkedValue {
    const items: MarkedValue[] = []
    this.#items(']', () => items.push(this.value(depth + 1)))
    return { line, kind: 'list', items }
  }

  #items(close: '}' | ']', item: () => void): void {
    this.#at++
    this.#skip()
    if (this.#text[this.#at] === close) {
      this.#at++
      return
    }
    for (;;) {
      this.#skip()
      item()
      this.#skip()
      const c = this.#text[this.#at]
      if (c !== ',' && c !== close) throw this.#wrong(`"," or "${close}"`)
      this.#at++
      if (c === close) return
    }
  }

  #string(): string {
    const token = this.#match(STRING)
    try {
      if (token !== undefined) return JSON.parse(token) as string
    } catch {
      // Falls through: an escape that JSON does not know, or a control character.
    }
    throw this.#wrong('a text in double quotes')
  }

  #word(): string | undefined {
    const from = this.#at
    const token = this.#match(WORD)
    try {
      const value: unknown = JSON.parse(token ?? '')
      return value === null ? undefined : token
    } catch {
      this.#at = from
      throw this.#wrong('a value')
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const [token] = pattern.exec(this.#text) ?? []
    if (token !== undefined) this.#at = pattern.lastIndex
    return token
  }

  #skip(): void {
    SPACE.lastIndex = this.#at
    SPACE.exec(this.#text)
    this.#at = SPACE.lastIndex
  }

  #lineNow(): number {
    for (; this.#lineEnd < this.#at; this.#line++) this.#lineEnd = endOfLine(this.#text, this.#lineEnd + 1)
    return this.#line
  }

  #wrong(expected: string): Error {
    const found = this.#at < this.#text.length ? JSON.stringify(this.#text.slice(this.#at, this.#at + 20)) : 'the end'
    return refusal(this.#lineNow(), `This is no JSON: expected ${expected}, found ${found}.`)
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
