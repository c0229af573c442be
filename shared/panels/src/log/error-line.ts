import { plainText } from './ansi.ts'
import { levelOf } from './level.ts'
import type { LogLine } from './log-window.ts'

/** Characters of a cause that are looked for; a shown line may be cut. */
const QUOTED = 300
const TRACEBACK = /^Traceback \(most recent call last\)/

/** Index of the last line that quotes the first line of a cause. */
export function causeLine(lines: readonly LogLine[], cause: string): number | undefined {
  const quoted = cause.trim().split('\n', 1)[0]?.trimEnd().slice(0, QUOTED) ?? ''
  if (quoted === '') return undefined
  return indexOf(lines.findLastIndex((line) => plainText(line.text).includes(quoted)))
}

/**
 * Index of the first line that reports an error. A traceback says what went wrong at its end, and one that wraps another
 * has the true one last: then it is the last exception.
 */
export function errorLine(lines: readonly LogLine[]): number | undefined {
  const isError = (text: string): boolean => levelOf(text) === 'error'
  const first = indexOf(lines.findIndex((line) => isError(plainText(line.text))))
  if (first === undefined || !TRACEBACK.test(plainText(lines[first]?.text ?? ''))) return first
  const last = lines.findLastIndex((line) => {
    const text = plainText(line.text)
    return isError(text) && !TRACEBACK.test(text)
  })
  return last > first ? last : first
}

const indexOf = (found: number): number | undefined => (found < 0 ? undefined : found)
