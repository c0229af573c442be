/** One replacement in a text; offsets in UTF-16 units, as editors count. */
export interface TextChange {
  offset: number
  deleteCount: number
  insert: string
}

/** The smallest single replacement that makes `newText` out of `oldText`; never cuts a surrogate pair or a CRLF in half. */
export function textChange(oldText: string, newText: string): TextChange {
  const most = Math.min(oldText.length, newText.length)
  let start = 0
  while (start < most && oldText[start] === newText[start]) start++
  while (start > 0 && splits(oldText, newText, start)) start--
  let end = 0
  while (end < most - start && oldText[oldText.length - 1 - end] === newText[newText.length - 1 - end]) end++
  while (end > 0 && (cuts(oldText, oldText.length - end) || cuts(newText, newText.length - end))) end--
  return {
    offset: start,
    deleteCount: oldText.length - end - start,
    insert: newText.slice(start, newText.length - end),
  }
}

const splits = (a: string, b: string, at: number): boolean => cuts(a, at) || cuts(b, at)

/** True when `at` lies between two units that belong together. */
const cuts = (text: string, at: number): boolean =>
  /^(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n)$/.test(text.slice(Math.max(0, at - 1), at + 1)) && at > 0

/** Does a change to a text. */
export function applyChange(text: string, { offset, deleteCount, insert }: TextChange): string {
  return text.slice(0, offset) + insert + text.slice(offset + deleteCount)
}
