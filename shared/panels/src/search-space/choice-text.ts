import type { Json } from '@secxops/protocol/json'

type Plain = string | number | boolean | null

const isPlain = (value: Json): value is Plain => typeof value !== 'object' || value === null

/** Words that stand for something else than text when they are not quoted. */
const OTHER = /^(?:true|false|null|-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i

/** Values of a choice on one line; undefined where one of them is a list or map. */
export function choiceText(values: readonly Json[]): string | undefined {
  if (!values.every(isPlain)) return undefined
  return values.map((value) => (typeof value === 'string' ? wordText(value) : JSON.stringify(value))).join(', ')
}

const wordText = (value: string): string =>
  value !== '' && value.trim() === value && !/[,"\n\t]/.test(value) && !OTHER.test(value)
    ? value
    : JSON.stringify(value)

/** Reads such a line; undefined where quotation marks are not closed. */
export function readChoices(text: string): Plain[] | undefined {
  const values: Plain[] = []
  let rest = text.trim()
  while (rest !== '') {
    const quoted = /^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0]
    if (rest.startsWith('"') && quoted === undefined) return undefined
    const word = quoted ?? /^[^,]*/.exec(rest)?.[0] ?? ''
    const value = quoted === undefined ? plainOf(word.trim()) : unquoted(quoted)
    if (value === undefined) return undefined
    if (word.trim() !== '') values.push(value)
    rest = rest.slice(word.length).trim()
    if (rest !== '' && !rest.startsWith(',')) return undefined
    rest = rest.slice(1).trim()
  }
  return values
}

function plainOf(word: string): Plain {
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === 'null') return null
  return OTHER.test(word) && !/[a-df-z]/i.test(word) ? Number(word) : word
}

function unquoted(word: string): string | undefined {
  try {
    return JSON.parse(word) as string
  } catch {
    return undefined
  }
}
