import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Problem } from '@secxops/protocol/errors'

/** A problem of a text at its place in it: the word at its line and column, else the rest of that line. */
export function diagnosticOf(text: Text, { where, message, severity }: Problem): Diagnostic {
  const line = text.line(Math.min(Math.max(where?.line ?? 1, 1), text.lines))
  const from = Math.min(line.from + (where?.column ?? 1) - 1, line.to)
  const word = /^[^\s:,{}[\]#]+/.exec(text.sliceString(from, line.to))?.[0].length ?? 0
  return { from, to: word > 0 ? from + word : line.to, severity, message, source: 'SecXOps' }
}
