import { isMap, type Json } from '../json.ts'

/** How a JSON text is laid out, so that what is written into it looks alike. */
export interface JsonLayout {
  /** One step of indentation. */
  unit: string
  /** Behind ":" and ",": a space, or nothing in a compact text. */
  space: string
}

const MOST_COLUMNS = 100

/** JSON of a value on one line. */
export function lineOf(value: Json, { space }: JsonLayout): string {
  const layout = { unit: '', space }
  if (Array.isArray(value)) return `[${value.map((item) => lineOf(item, layout)).join(`,${space}`)}]`
  if (!isMap(value)) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${space}${lineOf(item, layout)}`)
  return `{${pairs.join(`,${space}`)}}`
}

/**
 * JSON of a value: on one line where that is short enough, else its entries on lines of their own. `indent`: of the line that it starts on.
 * `broken`: a map is never on one line.
 */
export function jsonText(value: Json, layout: JsonLayout, indent: string, broken = false): string {
  const line = lineOf(value, layout)
  const short = line.length + indent.length <= MOST_COLUMNS
  if (layout.space === '' || typeof value !== 'object' || value === null || line.length <= 2) return line
  if (short && !(broken && isMap(value))) return line
  // A long list of plain values stays on its line: thousands of lines help nobody.
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) return line
  const deeper = indent + layout.unit
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const items = Array.isArray(value)
    ? value.map((item) => jsonText(item, layout, deeper))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item, layout, deeper)}`)
  return `${open}\n${items.map((item) => deeper + item).join(',\n')}\n${indent}${close}`
}
