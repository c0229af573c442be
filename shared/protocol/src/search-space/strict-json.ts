import type { Words } from './space.ts'

/** Deepest nesting that is looked at; the reader of YAML, which comes first, has the same limit. */
const MOST_DEPTH = 64

class Fault extends Error {
  readonly offset: number
  readonly words: Words
  constructor(offset: number, en: string, zh: string) {
    super(en)
    this.offset = offset
    this.words = { en, zh }
  }
}

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/uy
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y
const WORD = /(?:true|false|null)(?!\w)/y

/** First place where a text is not JSON, in plain words; undefined where it is. */
export function jsonFault(text: string): { offset: number; words: Words } | undefined {
  try {
    const end = skip(text, value(text, skip(text, 0), 0))
    if (end < text.length)
      throw new Fault(end, 'Something stands behind the end. Remove it.', '末尾之后还有内容。请删除。')
    return undefined
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { offset: error.offset, words: error.words }
  }
}

const match = (pattern: RegExp, text: string, at: number): number | undefined => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

function skip(text: string, at: number): number {
  const end = match(SPACE, text, at) ?? at
  if (text[end] === '#' || text.startsWith('//', end) || text.startsWith('/*', end))
    throw new Fault(
      end,
      'JSON has no comments. Remove it, or name the file .yaml.',
      'JSON 不支持注释。请删除，或将文件改名为 .yaml。',
    )
  return end
}

/** Offset behind the value at `at`. */
function value(text: string, at: number, depth: number): number {
  if (depth > MOST_DEPTH) throw new Fault(at, 'It is nested too deeply.', '嵌套过深。')
  if (text[at] === '{') return list(text, at, '}', (start) => pair(text, start, depth))
  if (text[at] === '[') return list(text, at, ']', (start) => value(text, start, depth + 1))
  const end = match(STRING, text, at) ?? match(NUMBER, text, at) ?? match(WORD, text, at)
  if (end === undefined) throw badValue(text, at)
  return end
}

function pair(text: string, at: number, depth: number): number {
  const end = match(STRING, text, at)
  if (end === undefined) {
    if (/[\w']/.test(text[at] ?? ''))
      throw new Fault(at, 'A name needs double quotes: "name": …', '名称需要双引号："name": …')
    throw new Fault(at, 'Expected a name in double quotes.', '此处应为双引号中的名称。')
  }
  const colon = skip(text, end)
  if (text[colon] !== ':') throw new Fault(colon, 'A ":" is missing between name and value.', '名称和值之间缺少 ":"。')
  return value(text, skip(text, colon + 1), depth + 1)
}

function list(text: string, open: number, close: string, item: (at: number) => number): number {
  let at = skip(text, open + 1)
  if (text[at] === close) return at + 1
  for (;;) {
    at = skip(text, item(at))
    if (text[at] === close) return at + 1
    if (at >= text.length)
      throw new Fault(
        open,
        `This "${text[open]}" is not closed by "${close}".`,
        `此处的 "${text[open]}" 没有用 "${close}" 闭合。`,
      )
    if (text[at] !== ',') throw new Fault(at, 'A comma is missing in front of this.', '此处之前缺少逗号。')
    const comma = at
    at = skip(text, at + 1)
    if (text[at] === close)
      throw new Fault(comma, 'A comma stands in front of the end. Remove it.', '结尾前多了一个逗号。请删除。')
  }
}

/** Words of Python and JavaScript that people write into JSON. */
const INSTEAD: Record<string, string> = { True: 'true', False: 'false', None: 'null' }

function badValue(text: string, at: number): Fault {
  const word = /^[-+]?[\w.]+/.exec(text.slice(at, at + 40))?.[0] ?? ''
  const instead = Object.hasOwn(INSTEAD, word) ? INSTEAD[word] : undefined
  if (instead) return new Fault(at, `Write ${instead} in place of ${word}.`, `请用 ${instead} 代替 ${word}。`)
  if (/^[-+]?(?:nan|inf(?:inity)?)$/i.test(word))
    return new Fault(
      at,
      `${word} is no number of JSON. Only finite numbers can be drawn from.`,
      `${word} 不是 JSON 数字。只能使用有限的数字。`,
    )
  if (text[at] === "'") return new Fault(at, 'JSON has double quotes only: "text".', 'JSON 只使用双引号："文本"。')
  if (text[at] === '"')
    return new Fault(at, 'This text has no closing quote, or a line break in it.', '该文本缺少右引号，或其中有换行。')
  if (/^[-+.\d]/.test(word))
    return new Fault(
      at,
      `${word} is not how JSON writes a number, like 0.5 or 1e-4.`,
      `${word} 不是 JSON 的数字写法，例如 0.5 或 1e-4。`,
    )
  if (word) return new Fault(at, `Text needs double quotes: "${word}".`, `文本需要双引号："${word}"。`)
  return new Fault(at, 'A value is missing here.', '此处缺少值。')
}
