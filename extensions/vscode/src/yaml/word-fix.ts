import { didYouMean, suggestedWord } from '@secxops/protocol/suggest'

/** A word of a text (line counted from 0, columns within it) and what may stand in its place. */
export interface WordFix {
  line: number
  from: number
  to: number
  insert: string
}

/**
 * What the "Did you mean" of a problem changes in the text; undefined where it offers nothing, or the wrong word is not found. `lines`: the
 * text; `line` and `from`: where the problem begins. The wrong word is the one most like what is offered, in that line from there on, else
 * in what is indented below it.
 */
export function wordFix(lines: string[], line: number, from: number, message: string): WordFix | undefined {
  const insert = suggestedWord(message)
  if (insert === undefined) return undefined
  for (const at of [line, ...below(lines, line)]) {
    const start = at === line ? from : 0
    const words = [...(lines[at] ?? '').slice(start).matchAll(/[\w-]+/g)].filter(([word]) => word !== insert)
    const wrong = didYouMean(
      insert,
      words.map(([word]) => word),
    )
    const found = words.find(([word]) => word === wrong)
    if (found) return { line: at, from: start + found.index, to: start + found.index + found[0].length, insert }
  }
  return undefined
}

/** Lines that belong to the one above them. */
function below(lines: string[], line: number): number[] {
  const depth = (text: string): number => (text.trim() === '' ? Number.POSITIVE_INFINITY : text.search(/\S/))
  const own = depth(lines[line] ?? '')
  const end = lines.findIndex((text, at) => at > line && depth(text) <= own)
  return Array.from({ length: (end < 0 ? lines.length : end) - line - 1 }, (_, index) => line + 1 + index)
}
