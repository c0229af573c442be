import { isMap, type Json } from './json.ts'

export type Path = readonly string[]

/** How new text is laid out. `flow`: a collection at this path is written on one line. `order`: how keys follow each other there. */
export interface YamlStyle {
  flow(path: Path): boolean
  order(path: Path): readonly string[] | undefined
}

/** Words and numbers that some YAML reader takes for something else than text. */
const NOT_TEXT =
  /^(?:null|~|true|false|yes|no|on|off|y|n|[-+]?(?:\.inf|\.nan|0x[\da-f]+|0o[0-7]+|0b[01]+|(?:\d[\d_]*(?::\d\d?)*(?:\.[\d_]*)?|\.[\d_]+)(?:e[-+]?\d+)?)|\d{4}-\d\d?-\d\d?.*)$/i
const PLAIN = /^[\p{L}\p{N}_./][\p{L}\p{N}_./@+$%^()=~;<> :-]*$/u

/** One line of YAML for a string. */
export function stringText(value: string, quote?: 'single' | 'double'): string {
  if (quote === 'single' && /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(value)) return `'${value.replaceAll("'", "''")}'`
  const plain = PLAIN.test(value) && !NOT_TEXT.test(value) && !/:( |$)|: | $|^\.{3}$|^---/.test(value)
  return plain && quote !== 'double' ? value : JSON.stringify(value)
}

/** One line of YAML for any value; may stand inside `[…]` and `{…}`. */
export function flowText(value: Json, order?: readonly string[]): string {
  if (typeof value === 'string') return stringText(value)
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item)).join(', ')}]`
  if (isMap(value))
    return `{${entries(value, order)
      .map(([key, item]) => `${stringText(key)}: ${flowText(item)}`)
      .join(', ')}}`
  return JSON.stringify(value)
}

function entries(map: Record<string, Json>, order?: readonly string[]): [string, Json][] {
  const list = Object.entries(map).filter(([, item]) => (item as unknown) !== undefined)
  if (!order) return list
  const rank = (key: string): number => {
    const at = order.indexOf(key)
    return at < 0 ? order.length : at
  }
  return list.sort(([a], [b]) => rank(a) - rank(b))
}

/** A multi-line text as a literal block (`|`), where that is exact; the lines have `indent`. */
function literalBlock(value: string, indent: string): string | undefined {
  if (!/^[^\s#%].*\n[\s\S]*[^\n]\n?$/.test(value) || /[^\P{C}\n\t]|\n[ \t]+(\n|$)|\u2028|\u2029/u.test(value))
    return undefined
  const lines = value.replace(/\n$/, '').split('\n')
  const body = lines.map((line) => (line ? indent + line : '')).join('\n')
  return `${value.endsWith('\n') ? '|' : '|-'}\n${body}`
}

/**
 * What stands behind `key:` (with its leading space or line break), without a line break at the end.
 * `indent`: indentation of the lines below.
 */
export function behindKey(value: Json, indent: string, path: Path, style: YamlStyle): string {
  if (typeof value === 'string') return ` ${literalBlock(value, indent) ?? stringText(value)}`
  const empty = isMap(value) ? Object.keys(value).length === 0 : !Array.isArray(value) || value.length === 0
  if (empty || style.flow(path)) return ` ${flowText(value, style.order(path))}`
  return `\n${blockText(value, indent, path, style)}`
}

/** Lines of a collection, all with `indent`, without a line break at the end. */
export function blockText(value: Json, indent: string, path: Path, style: YamlStyle): string {
  if (Array.isArray(value)) return value.map((item) => `${indent}- ${flowText(item)}`).join('\n')
  if (!isMap(value)) return indent + flowText(value)
  return entries(value, style.order(path))
    .map(([key, item]) => pairText(key, item, indent, path, style))
    .join('\n')
}

/** Lines of one `key: value` pair of the map at `path`. */
export function pairText(key: string, value: Json, indent: string, path: Path, style: YamlStyle): string {
  return `${indent}${stringText(key)}:${behindKey(value, `${indent}  `, [...path, key], style)}`
}
