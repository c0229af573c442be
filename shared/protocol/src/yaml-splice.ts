import { isCollection, isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'

/** A replacement of `text.slice(start, end)`. */
export interface Splice {
  start: number
  end: number
  insert: string
}

/** Does all splices at once; of two at one place the earlier in the list comes first. They do not overlap. */
export function applySplices(text: string, splices: Splice[]): string {
  const sorted = splices
    .map((splice, i) => ({ splice, i }))
    .sort((a, b) => a.splice.start - b.splice.start || a.i - b.i)
  let result = ''
  let at = 0
  for (const { splice } of sorted) {
    if (splice.start > at) result += text.slice(at, splice.start)
    result += splice.insert
    at = Math.max(at, splice.end)
  }
  return result + text.slice(at)
}

/** Where an entry of a map or list starts and where its content ends (comments behind it not included). */
export interface Span {
  start: number
  end: number
}

const rangeOf = (node: unknown): [number, number, number] => (node as Node | null)?.range ?? [0, 0, 0]

export function contentEnd(node: unknown): number {
  if (isCollection(node) && !node.flow) {
    const last = node.items.at(-1)
    if (last !== undefined) return isMap(node) ? pairSpan(last as Pair).end : contentEnd(last)
  }
  return rangeOf(node)[1]
}

export function pairSpan(pair: Pair): Span {
  const [start, keyEnd] = rangeOf(pair.key)
  return { start, end: Math.max(keyEnd, pair.value ? contentEnd(pair.value) : 0) }
}

export function spansOf(node: YAMLMap | YAMLSeq): Span[] {
  if (isSeq(node)) return node.items.map((item) => ({ start: rangeOf(item)[0], end: contentEnd(item) }))
  return node.items.map((pair) => pairSpan(pair))
}

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

/** Start of the line after the one that `at` ends on. */
export function nextLine(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** Entries of a block collection are lines; `remove` and `insert` cut and add whole lines. */
export interface BlockPlan {
  spans: Span[]
  /** Indexes of entries to remove. */
  remove: Set<number>
  /** Lines to add behind an entry (index), or in front of all (-1). Without a closing line break. */
  insert: { after: number; lines: string }[]
  /** Written in place of the entries when none is left. (A list may stand in the column of its key; `[]` may not.) */
  empty: '{}' | '[]'
}

/** Splices of a {@link BlockPlan}; undefined when an entry does not start on a line of its own. */
export function blockSplices(text: string, plan: BlockPlan): Splice[] | undefined {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const { spans, remove, insert } = plan
  const starts = spans.map(({ start }) => lineStart(text, start))
  const indentOf = (i: number): string => /^ */.exec(text.slice(starts[i]))?.[0] ?? ''
  const alone = (i: number): boolean =>
    /^ *(?:- +)?$/.test(text.slice(starts[i], spans[i]?.start)) && indentOf(i) === indentOf(0)
  const touched = [
    ...remove,
    ...insert
      .map(({ after }) => after)
      .filter((after) => after < 0)
      .map(() => 0),
  ]
  if (!touched.every(alone)) return undefined
  const splices: Splice[] = []
  const indent = indentOf(0)
  const nothingLeft = remove.size === spans.length && insert.length === 0
  for (const i of remove)
    splices.push({
      start: starts[i] ?? 0,
      end: nextLine(text, spans[i]?.end ?? 0),
      insert: nothingLeft && i === 0 ? `${indent}${plan.empty === '[]' ? '  ' : ''}${plan.empty}${eol}` : '',
    })
  for (const { after, lines } of insert) {
    const body = lines.replaceAll('\n', eol)
    const at = after < 0 ? (starts[0] ?? 0) : nextLine(text, spans[after]?.end ?? 0)
    const open = at > 0 && text[at - 1] !== '\n'
    const spaced = after > 0 && remove.size === 0 && blankBetween(text, spans[after - 1], starts[after] ?? 0)
    splices.push({ start: at, end: at, insert: (open ? eol : '') + (spaced ? eol : '') + body + eol })
  }
  return splices
}

const blankBetween = (text: string, before: Span | undefined, start: number): boolean =>
  before !== undefined && /\n[ \t\r]*\n/.test(text.slice(before.end, start))

/** Splices for a collection in `{…}` or `[…]`; `open`: offset right behind the bracket. `lines` of inserts are single entries. */
export function flowSplices(text: string, plan: BlockPlan, open: number, close: number): Splice[] {
  const { spans, remove, insert } = plan
  const splices: Splice[] = []
  const gapEnd = (i: number): number => spans[i + 1]?.start ?? close
  const kept = spans.map((_, i) => i).filter((i) => !remove.has(i))
  for (const i of remove) {
    const end = spans[i]?.end ?? 0
    const comma = commaIn(text, end, gapEnd(i))
    // The space in front of a comment stays: without it "#" would not start one.
    const spaces = comma < 0 ? 0 : (/^[ \t]*(?!#)/.exec(text.slice(comma + 1, gapEnd(i)))?.[0].length ?? 0)
    splices.push({ start: spans[i]?.start ?? 0, end: comma < 0 ? end : comma + 1 + spaces, insert: '' })
  }
  const lastKept = kept.at(-1)
  if (lastKept !== undefined && lastKept < spans.length - 1) {
    const start = spans[lastKept]?.end ?? 0
    const end = spans[lastKept + 1]?.start ?? 0
    if (!text.slice(start, end).includes('#')) splices.push({ start, end, insert: '' })
  }
  for (const { after, lines } of insert) {
    const before = kept.filter((i) => i <= after).at(-1)
    if (before !== undefined) {
      const at = spans[before]?.end ?? 0
      splices.push({ start: at, end: at, insert: `, ${lines}` })
    } else splices.push({ start: open, end: open, insert: kept.length > 0 || insert.length > 1 ? `${lines}, ` : lines })
  }
  return splices
}

/** Offset of the comma between two entries, comments skipped; -1 without one. */
function commaIn(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (text[at] === ',') return at
    if (text[at] === '#') at = Math.min(to, nextLine(text, at) - 1)
  }
  return -1
}
