import { isMap } from '@secxops/protocol/json'

/**
 * What a trial reported, out of NNI's database: JSON inside a JSON string, with Python's NaN and Infinity. Answers the numbers by name (a
 * plain number is `default`); empty when there are none.
 */
export function metricValues(data: string): Record<string, number> {
  const outer = parsePython(data)
  const value = typeof outer === 'string' ? parsePython(outer) : outer
  if (typeof value === 'number') return { default: value }
  if (!isMap(value)) return {}
  const numbers: Record<string, number> = {}
  for (const [name, item] of Object.entries(value)) if (typeof item === 'number') numbers[name] = item
  return numbers
}

const NOT_FINITE: Record<string, number> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}
/** A string, or one of Python's words outside strings. */
const WORDS = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g
const MARK = '\u0000'

/** JSON as Python writes it; undefined when it is none. */
function parsePython(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    try {
      const marked = text.replace(WORDS, (word) => (word.startsWith('"') ? word : JSON.stringify(MARK + word)))
      return JSON.parse(marked, (_, value: unknown) =>
        typeof value === 'string' && value.startsWith(MARK) ? NOT_FINITE[value.slice(1)] : value,
      )
    } catch {
      return undefined
    }
  }
}
