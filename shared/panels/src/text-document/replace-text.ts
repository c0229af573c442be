import { SecxopsError } from '@secxops/protocol/secxops-error'
import { applyChange, textChange } from '@secxops/protocol/text-change'
import type { TextEdit } from './text-document.ts'

/** The edit that makes `after` of `before`; where the text was changed elsewhere meanwhile, its one piece that differs, if that is still there. */
export function replaceText(before: string, after: string): TextEdit {
  const change = textChange(before, after)
  const removed = before.slice(change.offset, change.offset + change.deleteCount)
  const lead = before.slice(Math.max(0, change.offset - 20), change.offset)
  return (text) => {
    if (text === before) return after
    const offset = text.indexOf(lead + removed)
    if (offset < 0)
      throw new SecxopsError({
        code: 'conflict',
        message: 'The text was changed elsewhere while you were typing here. What you typed last was left out.',
      })
    return applyChange(text, { ...change, offset: offset + lead.length })
  }
}
