import { stripVTControlCharacters } from 'node:util'

/** The error that ended a Python program. */
export interface PythonError {
  /** Class name, without its module. */
  type: string
  message: string
  /** Number of the notebook cell, counted by execution as papermill tells it. */
  cell?: number
}

/** Lines without terminal colours, and without what a progress bar has overwritten. */
export const plainLines = (lines: readonly string[]): string[] =>
  lines.map((line) => stripVTControlCharacters(line.slice(line.lastIndexOf('\r', line.length - 2) + 1)).trimEnd())

const ERROR_LINE = /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Error|Exception|Interrupt|Exit|Iteration|Warning))(?:: (.*))?$/

/** A line of a traceback, Python's or IPython's. The head of a long one is no longer among a log's last lines. */
const TRACE =
  /^\s*Traceback \(most recent call last\)|^\s*File "|^File \S.*:\d+, in |^(Cell|Input) In ?\[|^-{20,}$|^-+> \d+ /

/**
 * The last error of a log that looks like a Python traceback, or undefined. A notebook run by papermill tells its own error
 * (PapermillExecutionError) around the real one, which stands below it as `Type: message`.
 */
export function pythonError(lines: readonly string[]): PythonError | undefined {
  if (!lines.some((line) => TRACE.test(line))) return undefined
  for (let i = lines.length - 1; i >= 0; i--) {
    const match = ERROR_LINE.exec(lines[i] ?? '')
    const type = match?.[1]?.split('.').at(-1)
    if (!type || type === 'PapermillExecutionError') continue
    return { type, message: match?.[2] ?? '', cell: cellOf(lines) }
  }
  return undefined
}

function cellOf(lines: readonly string[]): number | undefined {
  const papermill = lines.findLast((line) => line.startsWith('Exception encountered at "In ['))
  const number = papermill && /In \[(\d+)\]/.exec(papermill)?.[1]
  return number ? Number(number) : undefined
}
