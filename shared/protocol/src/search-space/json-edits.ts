import { isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { isMap as isJsonMap, type Json, sameJson } from '../json.ts'
import { contentEnd, type Splice, spansOf } from '../yaml-splice.ts'
import type { SpaceEdit } from './apply-edit.ts'
import { type JsonLayout, jsonText } from './json-text.ts'
import type { SpacePath } from './space.ts'

/** A change of a JSON text at one place; a `set` of a collection becomes as many as it takes. */
export type JsonChange =
  | SpaceEdit
  /** Items of a list from `index` on. */
  | { kind: 'items'; path: SpacePath; index: number; remove: number; values: Json[] }

/** The least changes that make `before` at `path` into `after`. */
export function changesOf(before: Json | undefined, after: Json, path: SpacePath): JsonChange[] {
  if (before !== undefined && sameJson(before, after)) return []
  if (isJsonMap(before) && isJsonMap(after)) {
    const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key))
    const kept = Object.keys(before).length - removed.length
    const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key))
    return [
      ...removed.map((key): JsonChange => ({ kind: 'remove', path: [...path, key] })),
      ...Object.entries(after).flatMap(([key, value]) =>
        Object.hasOwn(before, key) ? changesOf(before[key], value, [...path, key]) : [],
      ),
      ...added.map(
        (name, i): JsonChange => ({ kind: 'insert', into: path, index: kept + i, name, value: after[name] ?? null }),
      ),
    ]
  }
  if (Array.isArray(before) && Array.isArray(after)) return itemChanges(before, after, path)
  return [{ kind: 'set', path, value: after }]
}

function itemChanges(before: Json[], after: Json[], path: SpacePath): JsonChange[] {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && sameJson(before[head], after[head])) head++
  let tail = 0
  while (tail < most - head && sameJson(before.at(-1 - tail), after.at(-1 - tail))) tail++
  if (before.length === after.length)
    return before.slice(head, before.length - tail).flatMap((item, i) => {
      const at = head + i
      return changesOf(item, after[at] ?? null, [...path, at])
    })
  const values = after.slice(head, after.length - tail)
  return [{ kind: 'items', path, index: head, remove: before.length - head - tail, values }]
}

/** Replacements that do one change. `node`: of a path in the text. */
export function jsonSplices(
  text: string,
  change: JsonChange,
  node: (path: SpacePath) => Node | undefined,
): Splice[] | undefined {
  if (change.kind === 'insert') {
    const container = node(change.into)
    if (!isMap(container) && !isSeq(container)) return undefined
    const where = layoutOf(text, container)
    const value = jsonText(change.value, where.layout, where.indent, where.broken)
    const entry = change.name === undefined ? value : `${JSON.stringify(change.name)}:${where.layout.space}${value}`
    return itemSplices(text, container, change.index, 0, [entry], where)
  }
  const target = node(change.path)
  if (change.kind === 'items') {
    if (!isSeq(target)) return undefined
    const where = layoutOf(text, target)
    const texts = change.values.map((value) => jsonText(value, where.layout, where.indent))
    return itemSplices(text, target, change.index, change.remove, texts, where)
  }
  if (change.kind === 'set') {
    if (!target?.range) return undefined
    const { layout, line } = layoutOf(text, target)
    return [
      { start: target.range[0], end: contentEnd(target), insert: native(text, jsonText(change.value, layout, line)) },
    ]
  }
  const container = node(change.path.slice(0, -1))
  if (!isMap(container) && !isSeq(container)) return undefined
  const index = indexOf(container, change.path.at(-1) ?? '')
  if (change.kind === 'remove') return itemSplices(text, container, index, 1, [], layoutOf(text, container))
  if (change.kind === 'move') return moveSplices(text, spansOf(container), index, change.to)
  const key = (container.items[index] as Pair | undefined)?.key as Node | undefined
  return key?.range ? [{ start: key.range[0], end: key.range[1], insert: JSON.stringify(change.name) }] : undefined
}

/** Place of a step among the items of its map or list; -1: not there. */
export function indexOf(container: YAMLMap | YAMLSeq, step: string | number): number {
  if (isSeq(container)) return Number(step)
  return container.items.findIndex(({ key }) => String((key as { value?: unknown } | null)?.value) === String(step))
}

interface Where {
  layout: JsonLayout
  /** Of the lines that items start on. */
  indent: string
  /** Of the line that the collection starts on. */
  line: string
  /** What stands between the comma and the next item. */
  gap: string
  /** Entries beside it have lines of their own inside. */
  broken: boolean
}

function layoutOf(text: string, node: Node): Where {
  const [start = 0] = node.range ?? []
  const line = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? ''
  const space = /":\S/.test(text) && !/":\s/.test(text) ? '' : ' '
  const first = /\n([ \t]+)"/.exec(text)?.[1] ?? '  '
  const unit = first.startsWith('\t') ? '\t' : first
  const where: Where = { layout: { unit, space }, indent: line, line, gap: space, broken: false }
  if (!isMap(node) && !isSeq(node)) return where
  const spans = spansOf(node)
  const lead = text.slice(start + 1, spans[0]?.start ?? start + 1)
  const between = /^\s*,(\s*)$/.exec(text.slice(spans[0]?.end ?? 0, spans[1]?.start ?? 0))?.[1]
  if (spans.length === 0 && line === '' && /^\s*$/.test(text.slice(0, start))) where.gap = `\n${unit}`
  else if (between !== undefined) where.gap = between
  else if (lead.includes('\n')) where.gap = lead
  if (where.gap.includes('\n')) where.indent = where.gap.slice(where.gap.lastIndexOf('\n') + 1)
  where.broken =
    isMap(node) && node.items.some(({ value }) => isMap(value) && text.slice(...rangeOf(value)).includes('\n'))
  return where
}

const rangeOf = (node: Node): [number, number] => [node.range?.[0] ?? 0, node.range?.[1] ?? 0]

const native = (text: string, piece: string): string =>
  text.includes('\r\n') ? piece.replaceAll(/\r?\n/g, '\r\n') : piece

/** Removes items from `index` on and puts `texts` in their place. */
function itemSplices(
  text: string,
  container: YAMLMap | YAMLSeq,
  index: number,
  remove: number,
  texts: string[],
  { gap, line }: Where,
): Splice[] {
  const spans = spansOf(container)
  const [start, end] = rangeOf(container)
  const joined = texts.join(`,${gap}`)
  const write = (from: number, to: number, piece: string): Splice[] => [
    { start: from, end: to, insert: native(text, piece) },
  ]
  const first = spans[index]
  const last = spans[index + remove - 1]
  if (spans.length === 0) {
    const closing = gap.includes('\n') ? `\n${line}` : ''
    return write(start + 1, end - 1, (closing ? gap : '') + joined + closing)
  }
  if (texts.length > 0) {
    if (remove > 0) return write(first?.start ?? 0, last?.end ?? 0, joined)
    if (first) return write(first.start, first.start, `${joined},${gap}`)
    const behind = spans.at(-1)?.end ?? 0
    return write(behind, behind, `,${gap}${joined}`)
  }
  if (remove === spans.length) return write(start + 1, end - 1, '')
  if (index > 0) return write(spans[index - 1]?.end ?? 0, last?.end ?? 0, '')
  return write(first?.start ?? 0, spans[remove]?.start ?? 0, '')
}

/** Puts the piece at `from` to the place `to`; what stands between the pieces stays where it is. */
export function moveSplices(
  text: string,
  spans: readonly { start: number; end: number }[],
  from: number,
  to: number,
): Splice[] {
  const pieces = spans.map(({ start, end }) => text.slice(start, end))
  const [moved = ''] = pieces.splice(from, 1)
  pieces.splice(to, 0, moved)
  return spans.flatMap(({ start, end }, i) => {
    const insert = pieces[i] ?? ''
    return insert === text.slice(start, end) ? [] : [{ start, end, insert }]
  })
}
