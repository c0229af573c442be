import { type Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument, visit } from 'yaml'
import type { Place, Problem } from './errors.ts'
import type { Json } from './json.ts'

/** Budgets: what is larger is refused before anything is built from it. */
const MOST_CHARACTERS = 1_000_000
const MOST_TOKENS = 100_000
const MOST_DEPTH = 64
const MOST_ALIASES = 100
const TOO_DEEP = `The file is nested too deeply; at most ${MOST_DEPTH} levels are read.`

/** A parsed text with the way back from a path to a line. */
export interface YamlTree {
  text: string
  doc: Document.Parsed
  value: Json
  lines: LineCounter
}

export type YamlResult = { tree: YamlTree; problems: Problem[] } | { tree?: undefined; problems: Problem[] }

let last: { text: string; result: YamlResult } | undefined

/** Reads one YAML document (1.2). Problems have code `bad-yaml`, line and column. Remembers the newest text: edit and parse share the work. */
export function readYaml(text: string): YamlResult {
  if (last?.text === text) return last.result
  const result = read(text)
  last = { text, result }
  return result
}

function read(text: string): YamlResult {
  const lines = new LineCounter()
  const failed = (message: string, offset?: number): YamlResult => ({
    problems: [
      { severity: 'error', code: 'bad-yaml', message, where: offset === undefined ? undefined : at(lines, offset) },
    ],
  })
  if (text.length > MOST_CHARACTERS)
    return failed(`The file has ${text.length} characters; at most ${MOST_CHARACTERS} are read.`)
  const over = overBudget(text)
  if (over) return failed(over)
  let doc: Document.Parsed
  try {
    // Unique keys are checked below: the parser compares every pair of keys.
    doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, strict: true })
  } catch {
    return failed(TOO_DEEP)
  }
  if (doc.errors.length > 0) {
    const conflict = conflictAt(text)
    if (conflict !== undefined) return failed(CONFLICT, conflict)
    return {
      problems: doc.errors.slice(0, 20).map((error) => ({
        severity: 'error',
        code: 'bad-yaml',
        message: syntaxWords(error.code, error.message),
        where: at(lines, error.pos[0]),
      })),
    }
  }
  const keys = keyProblems(doc, lines)
  if (keys.length > 0) return { problems: keys }
  try {
    return { tree: { text, doc, value: doc.toJS({ maxAliasCount: MOST_ALIASES }) as Json, lines }, problems: [] }
  } catch {
    return failed(`The file repeats itself by too many aliases (*name); at most ${MOST_ALIASES} are followed.`)
  }
}

const CONFLICT =
  'Git left both sides of a conflict here. Keep one of them and remove the lines that start with "<<<<<<<", "=======" and ">>>>>>>".'

/** Where the marks of an unresolved conflict begin; undefined when there are none. */
function conflictAt(text: string): number | undefined {
  const begin = text.search(/^<{7}(\s|$)/m)
  return begin >= 0 && /^={7}\s*$/m.test(text) && /^>{7}(\s|$)/m.test(text) ? begin : undefined
}

function overBudget(text: string): string | undefined {
  if (/^%(?!YAML 1\.2\s)/m.test(text.slice(0, 10_000).split(/^---/m)[0] ?? ''))
    return 'A line that starts with "%" is not supported: files are YAML 1.2. Remove the line.'
  let tokens = 0
  let depth = 0
  let nested = 0
  let aliases = 0
  for (const token of new Lexer().lex(text)) {
    if (++tokens > MOST_TOKENS) return `The file has more than ${MOST_TOKENS} tokens. Split it.`
    if (token === '[' || token === '{') depth++
    else if (token === ']' || token === '}') depth--
    else if (token === '-' || token === '?') nested++
    else if (token === '\n' || token === '\r\n') nested = 0
    else if (token.startsWith('*') && ++aliases > MOST_ALIASES)
      return `The file has more than ${MOST_ALIASES} aliases (*name).`
    if (depth > MOST_DEPTH || nested > MOST_DEPTH) return TOO_DEEP
  }
  return undefined
}

/** Line and column (from 1) of a character. */
export function at(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

function syntaxWords(code: string, message: string): string {
  switch (code) {
    case 'BAD_INDENT': {
      const close = /end with a ([\]}])/.exec(message)?.[1]
      if (close) {
        const open = close === ']' ? '[' : '{'
        return `A "${open}" before this place is not closed. Put "${close}" at its end, or quotes around a text that starts with "${open}".`
      }
      return 'The indentation does not fit: keys of one map must start in the same column, deeper ones further right.'
    }
    case 'TAB_AS_INDENT':
      return 'A tab indents this line; YAML expects spaces. Replace the tab by spaces.'
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'Expected "key: value" on one line. A ":" is missing, or a text with ": " in it needs quotes.'
    case 'MISSING_CHAR':
      return `Something is not closed or a ":" is missing here. (${message})`
    case 'MULTIPLE_DOCS':
      return 'Expected one document; "---" starts a second one. Put it into a file of its own.'
    case 'BAD_ALIAS':
      return 'A "*" at the start of a value names an alias. Put quotes around a text that starts with "*".'
    case 'BAD_SCALAR_START':
      return 'A value cannot start with this character. Put quotes around the text.'
    default:
      return /call stack|recursion/.test(message) ? TOO_DEEP : message
  }
}

function keyProblems(doc: Document.Parsed, lines: LineCounter): Problem[] {
  const problems: Problem[] = []
  const fail = (message: string, node: unknown): void => {
    const range = (node as { range?: [number, number, number] | null } | null)?.range
    problems.push({ severity: 'error', code: 'bad-yaml', message, where: range ? at(lines, range[0]) : undefined })
  }
  visit(doc, {
    Map(_, map) {
      const seen = new Set<string>()
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : undefined
        if (name === undefined || (isScalar(key) && key.value === null)) fail('A key must be text.', key)
        else if (name === '__proto__') fail('This name is reserved. Use another one.', key)
        else if (seen.has(name)) fail(`The key "${name}" stands here a second time. Remove or rename one of them.`, key)
        else seen.add(name)
      }
      return problems.length >= 20 ? visit.BREAK : undefined
    },
  })
  return problems
}

/**
 * Line and column of what stands at a path, else of the nearest thing above it. `key`: of the key rather than the value
 * of the last step (for "unknown key" and for links to an entry).
 */
export function placeOf(tree: YamlTree, path: readonly (string | number)[], key = true): Place {
  let node: unknown = tree.doc.contents
  let offset = 0
  for (const [i, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(tree.doc)
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      if (!pair) break
      offset = startOf(key || i < path.length - 1 || !startOf(pair.value) ? pair.key : pair.value) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(step)]
      if (item === undefined) break
      offset = startOf(item) ?? offset
      node = item
    } else break
  }
  return at(tree.lines, offset)
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] | null } | null)?.range?.[0]
}
