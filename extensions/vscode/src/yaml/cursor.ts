/** Where in a YAML text somebody types. Only block maps and flow maps on one line are understood, which is how our files are written. */
export interface Cursor {
  /** Keys from the top to the map (or list) in which something is typed. */
  path: string[]
  /** The key whose value is typed; absent: a key is typed. */
  key?: string
  /** Keys that the map has already. */
  siblings: string[]
  /** The word before the cursor, and where it begins in the text. */
  word: string
  from: number
  /** Inside `{ }` or `[ ]`. */
  flow: boolean
}

interface Line {
  indent: number
  key?: string
  /** Column where the value begins. */
  value: number
  item: boolean
}

const KEY = /^(\s*)(- +)?(?:"([^"]*)"|'([^']*)'|([^\s"'#{}[\],][^#{}[\],:]*?))\s*:(?=\s|$)\s*/

/** The place of an offset; undefined inside a comment or where the text is not understood. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const head = text.slice(start, offset)
  if (/(^|\s)#/.test(unquoted(head))) return undefined
  const line = readLine(head)
  const word = /[^\s{}[\],:"']*$/.exec(head)?.[0] ?? ''
  const blank = head.trim() === '' || (!line.key && !line.item)
  const indent = blank ? (/^\s*/.exec(head)?.[0].length ?? 0) : line.indent
  const above = text.slice(0, start).split('\n').slice(0, -1)
  const path = parents(above, indent)
  const base = { word, from: offset - word.length }
  if (line.key === undefined) {
    const list = line.item ? path.at(-1) : undefined
    if (list !== undefined) return { ...base, path: path.slice(0, -1), key: list, siblings: [], flow: false }
    const inside = flowAt(head.trimStart())
    if (inside) return undefined
    return { ...base, path, siblings: siblingsOf(text, start, indent), flow: false }
  }
  const inside = flowAt(head.slice(line.value))
  if (!inside) return { ...base, path, key: line.key, siblings: [], flow: false }
  const rest = text.slice(offset).split('\n', 1)[0] ?? ''
  return {
    ...base,
    path: [...path, line.key, ...inside.path],
    ...(inside.key === undefined ? {} : { key: inside.key }),
    siblings: [...inside.siblings, ...flowKeys(rest)],
    flow: true,
  }
}

function readLine(line: string): Line {
  const match = KEY.exec(line)
  const indent = /^\s*/.exec(line)?.[0].length ?? 0
  const item = /^\s*-(\s|$)/.test(line)
  if (!match) return { indent, value: line.length, item }
  return { indent, key: match[3] ?? match[4] ?? match[5] ?? '', value: match[0].length, item }
}

/** Keys that stand further left above a line, from the top. */
function parents(above: string[], indent: number): string[] {
  const path: string[] = []
  let left = indent
  for (const text of above.reverse()) {
    if (text.trim() === '' || /^\s*#/.test(text)) continue
    const line = readLine(text)
    if (line.indent >= left) continue
    left = line.indent
    if (line.key !== undefined) path.unshift(line.key)
    if (left === 0) break
  }
  return path
}

/** Keys of the same block map, above and below a line. */
function siblingsOf(text: string, start: number, indent: number): string[] {
  const keys: string[] = []
  const end = text.indexOf('\n', start)
  const take = (lines: string[]): void => {
    for (const line of lines) {
      if (line.trim() === '' || /^\s*#/.test(line)) continue
      const read = readLine(line)
      if (read.indent < indent) return
      if (read.indent === indent && read.key !== undefined) keys.push(read.key)
    }
  }
  take(
    text
      .slice(0, Math.max(0, start - 1))
      .split('\n')
      .reverse(),
  )
  if (end >= 0) take(text.slice(end + 1).split('\n'))
  return keys
}

interface FlowPlace {
  path: string[]
  key?: string
  siblings: string[]
}

/** Where the end of a value stands in its brackets; undefined outside of any. */
function flowAt(value: string): FlowPlace | undefined {
  const open: { key?: string | undefined; siblings: string[]; list: boolean }[] = []
  let word = ''
  for (let i = 0; i < value.length; i++) {
    const sign = value[i] ?? ''
    const top = open.at(-1)
    if (sign === '"' || sign === "'") {
      const end = value.indexOf(sign, i + 1)
      if (end < 0) break
      word = value.slice(i + 1, end)
      i = end
    } else if (sign === '{' || sign === '[') {
      open.push({ siblings: [], list: sign === '[' })
      word = ''
    } else if (sign === '}' || sign === ']') {
      open.pop()
      word = ''
    } else if (sign === ',' && top) {
      top.key = undefined
      word = ''
    } else if (sign === ':' && top && !top.list && /^\s|^$/.test(value.slice(i + 1, i + 2))) {
      top.key = word.trim()
      top.siblings.push(top.key)
      word = ''
    } else word += sign
  }
  const last = open.at(-1)
  if (!last) return undefined
  const path = open.slice(0, -1).flatMap(({ key }) => (key === undefined ? [] : [key]))
  // An item of a list is a value of the key that holds the list.
  if (last.list) {
    const key = path.pop()
    return { path, ...(key === undefined ? {} : { key }), siblings: [] }
  }
  return { path, ...(last.key === undefined ? {} : { key: last.key }), siblings: last.siblings }
}

/** Keys up to the bracket that closes the map in which the rest begins. */
function flowKeys(rest: string): string[] {
  const here = rest.split(/[}\]]/, 1)[0] ?? ''
  return [...here.matchAll(/([\w-]+)\s*:(?=\s|$)/g)].map((match) => match[1] ?? '')
}

/** A line with what stands in quotes replaced, so that a "#" in there is no comment. */
const unquoted = (line: string): string => line.replace(/"[^"]*"|'[^']*'/g, (quoted) => '_'.repeat(quoted.length))
