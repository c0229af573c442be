import { isMap, isSeq, type Node, type Pair } from 'yaml'
import { isMap as isJsonMap, type Json, sameJson } from '../json.ts'
import { SecxopsError } from '../secxops-error.ts'
import { patchYaml } from '../yaml-patch.ts'
import { readYaml, type YamlTree } from '../yaml-read.ts'
import { applySplices, lineStart, nextLine, type Span, spansOf } from '../yaml-splice.ts'
import type { YamlStyle } from '../yaml-write.ts'
import { applyEdit, type SpaceEdit } from './apply-edit.ts'
import { changesOf, indexOf, type JsonChange, jsonSplices, moveSplices } from './json-edits.ts'
import type { SpacePath } from './space.ts'
import { formatOf, nodeAt, type SpaceText, step } from './space-text.ts'

/**
 * Does edits of a form to the JSON or YAML text of a space. What they do not touch stays byte for byte: layout, order, unknown keys and
 * comments. All or nothing: throws `bad-space` when an edit names what is not there, and `bad-yaml` when the text is broken or is written
 * so that no small change is possible.
 */
export function editSpaceText(text: string, edits: readonly SpaceEdit[], options: SpaceText = {}): string {
  const format = formatOf(text, options)
  const at = options.at ?? []
  let result = format === 'json' && text.trim() === '' ? '{}\n' : text
  for (const edit of edits) {
    const tree = treeOf(result)
    const { root, edit: placed } = inFile(tree.value, edit, at)
    const target = applyEdit(root, placed)
    result = format === 'json' ? editJson(result, tree, placed) : editYaml(result, tree, target, placed, at)
    if (!sameJson(readYaml(result).tree?.value, target)) throw unwritable()
  }
  return result
}

function treeOf(text: string): YamlTree {
  const { tree, problems } = readYaml(text)
  if (tree) return tree
  const [problem] = problems
  throw new SecxopsError({
    code: 'bad-yaml',
    message: `The text is broken: ${problem?.message ?? ''} Mend it as text first.`,
    where: problem?.where,
  })
}

const unwritable = (): SecxopsError =>
  new SecxopsError({
    code: 'bad-yaml',
    message: 'The text is written in a way that cannot be changed here without rewriting it. Edit it as text.',
  })

/** The whole file with a map where the space is to stand, and the edit with paths from the file's root. */
function inFile(value: Json, edit: SpaceEdit, at: SpacePath): { root: Json; edit: SpaceEdit } {
  const placed: SpaceEdit =
    edit.kind === 'insert' ? { ...edit, into: [...at, ...edit.into] } : { ...edit, path: [...at, ...edit.path] }
  return { root: withMap(value, at), edit: placed }
}

function withMap(value: Json | undefined, path: SpacePath): Json {
  const [key, ...rest] = path
  const map = value ?? {}
  if (key === undefined || !isJsonMap(map)) return map
  return { ...map, [key]: withMap(step(map, key), rest) }
}

function editJson(text: string, tree: YamlTree, edit: SpaceEdit): string {
  return changesFor(tree, edit).reduce((result, change) => {
    const now = treeOf(result)
    const splices = jsonSplices(result, change, (path) => nodeAt(now, path))
    if (!splices) throw unwritable()
    return applySplices(result, splices)
  }, text)
}

function changesFor(tree: YamlTree, edit: SpaceEdit): JsonChange[] {
  if (edit.kind !== 'set') return [edit]
  const before = edit.path.reduce<Json | undefined>(step, tree.value)
  const key = edit.path.at(-1)
  if (before === undefined && key !== undefined) return [insertLast(tree, edit.path.slice(0, -1), key, edit.value)]
  return changesOf(before, edit.value, edit.path)
}

/** A value that is not there yet comes last. */
function insertLast(tree: YamlTree, into: SpacePath, key: string | number, value: Json): JsonChange {
  const container = nodeAt(tree, into)
  const index = isMap(container) || isSeq(container) ? container.items.length : 0
  return { kind: 'insert', into, index, ...(isMap(container) && { name: String(key) }), value }
}

function editYaml(text: string, tree: YamlTree, target: Json, edit: SpaceEdit, at: SpacePath): string {
  if (edit.kind === 'move') return moveYaml(text, tree, edit.path, edit.to)
  const renames =
    edit.kind === 'rename'
      ? { path: edit.path.slice(0, -1).map(String), keys: new Map([[String(edit.path.at(-1)), edit.name]]) }
      : undefined
  return patchYaml(text, target, { style: styleOf(tree, target, at), renames })
}

/** Entries are written as those that are there: on one line each, or with a line for each of their keys. */
function styleOf(tree: YamlTree, target: Json, at: SpacePath): YamlStyle {
  const valueAt = (path: SpacePath): Json | undefined => path.reduce<Json | undefined>(step, target)
  const space = nodeAt(tree, at)
  const blocks = isMap(space) && space.items.some(({ value }) => isMap(value) && !value.flow)
  return {
    flow: (path) => path.length > at.length && (!blocks || Array.isArray(valueAt(path))),
    order: (path) => Object.keys(valueAt(path) ?? {}),
  }
}

function moveYaml(text: string, tree: YamlTree, path: SpacePath, to: number): string {
  const container = nodeAt(tree, path.slice(0, -1))
  if (!isMap(container) && !isSeq(container)) throw unwritable()
  const index = indexOf(container, path.at(-1) ?? '')
  const spans = spansOf(container)
  if (container.flow) return applySplices(text, moveSplices(text, spans, index, to))
  const closed = text.endsWith('\n') ? text : `${text}\n`
  const moved = applySplices(
    closed,
    moveSplices(
      closed,
      spans.map((span) => linesOf(closed, span, spans[0])),
      index,
      to,
    ),
  )
  const keys = (node: Node | undefined): string[] =>
    isMap(node) ? (node.items as Pair[]).map(({ key }) => String((key as { value?: unknown }).value)) : []
  const wanted = keys(container)
    .toSpliced(index, 1)
    .toSpliced(to, 0, String(path.at(-1)))
  const { tree: after } = readYaml(moved)
  if (isMap(container) && (!after || !sameJson(keys(nodeAt(after, path.slice(0, -1))), wanted))) throw unwritable()
  return closed === text ? moved : moved.slice(0, -1)
}

/** Whole lines of an entry of a block, with the comments right above it; those above the first are the file's. */
function linesOf(text: string, span: Span, first: Span | undefined): Span {
  let start = lineStart(text, span.start)
  while (span !== first && start > 0) {
    const above = lineStart(text, start - 1)
    if (!/^[ \t]*#/.test(text.slice(above, start))) break
    start = above
  }
  return { start, end: nextLine(text, span.end) }
}
