import { shown, shownPath } from '../bases/label-name.ts'
import type { MarkedValue } from './marked-value.ts'
import { type Outline, OutlineBuilder, refusal } from './taxonomy-outline.ts'

type MarkedMap = Extract<MarkedValue, { kind: 'map' }>
type MarkedList = Extract<MarkedValue, { kind: 'list' }>

const CHILDREN = ['labels', 'children']
const PARENT = ['parent', 'parent_id', 'parentId']
/** What a whole file may say beside its labels. */
const HEAD = ['apiVersion', 'kind', 'levels', 'labels']

/**
 * Labels of a JSON or YAML value: `{levels, labels: […]}`, where an entry is a name or `{name, description, labels}`; nested maps and
 * lists of names; a list of `{id, parent, name}`; a list of paths; a list of rows with a key a level. Throws bad-request, cycle or bad-name.
 */
export function taxonomyOf(value: MarkedValue): Outline {
  const builder = new OutlineBuilder()
  const head = value.kind === 'map' && value.entries.every(({ key }) => HEAD.includes(key)) ? value : undefined
  const labels = head && field(head, 'labels')
  if (head && labels) {
    builder.levels = levelsOf(field(head, 'levels'))
    readTop(builder, labels)
  } else readTop(builder, value)
  return builder.outline()
}

function readTop(builder: OutlineBuilder, value: MarkedValue): void {
  const items = value.kind === 'list' ? value.items : []
  if (items.length > 0 && items.every(isRelated)) readRelated(builder, items)
  else if (items.length > 0 && items.every(isPath)) readPaths(builder, items)
  else if (isTable(items)) readRows(builder, items)
  else readBelow(builder, -1, value)
}

/** What stands below a label: a list of entries, a map from names to what stands below them, or nothing. */
function readBelow(builder: OutlineBuilder, parent: number, value: MarkedValue): void {
  if (value.kind === 'list') for (const item of value.items) readEntry(builder, parent, item)
  else if (value.kind === 'map')
    for (const { key, line, value: below } of value.entries) readNamed(builder, parent, key, line, below)
  else if (value.text !== undefined) builder.add(parent, value.text, value.line)
}

function readEntry(builder: OutlineBuilder, parent: number, value: MarkedValue): void {
  if (value.kind === 'scalar' && value.text !== undefined) builder.add(parent, value.text, value.line)
  else if (value.kind === 'map') {
    const name = field(value, 'name')
    if (name?.kind === 'scalar' && name.text !== undefined)
      readFields(builder, builder.add(parent, name.text, name.line), value)
    else readBelow(builder, parent, value)
  } else
    throw refusal(
      value.line,
      value.kind === 'list' ? 'A list stands where a label is expected.' : 'A label has no name.',
    )
}

/** `name: …` in a map: a description, or what stands below. */
function readNamed(builder: OutlineBuilder, parent: number, name: string, line: number, value: MarkedValue): void {
  if (value.kind === 'scalar') builder.add(parent, name, line, value.text)
  else {
    const node = builder.add(parent, name, line)
    const fields =
      value.kind === 'map' &&
      value.entries.length > 0 &&
      value.entries.every(({ key }) => key === 'description' || CHILDREN.includes(key))
    if (fields) readFields(builder, node, value)
    else readBelow(builder, node, value)
  }
}

/** `description` and `labels` (or `children`) of a label; what else there is is named in a warning. */
function readFields(builder: OutlineBuilder, node: number, map: MarkedMap): void {
  for (const { key, line, value } of map.entries) {
    if (CHILDREN.includes(key)) readBelow(builder, node, value)
    else if (key === 'description' && value.kind === 'scalar') builder.describe(node, value.text ?? '')
    else if (key !== 'name') builder.warn(line, `${shown(key)} of a label is not used.`)
  }
}

const isRelated = (item: MarkedValue): item is MarkedMap =>
  item.kind === 'map' && field(item, 'name') !== undefined && field(item, 'id') !== undefined

/** Labels that name their parent. */
function readRelated(builder: OutlineBuilder, items: readonly MarkedMap[]): void {
  const byId = new Map<string, MarkedMap>()
  const below = new Map<string | undefined, string[]>()
  for (const item of items) {
    const id = textOf(field(item, 'id')) ?? ''
    if (byId.has(id)) throw refusal(item.line, `The id ${shown(id)} stands twice.`)
    byId.set(id, item)
    const parent = parentOf(item)
    const siblings = below.get(parent)
    if (siblings) siblings.push(id)
    else below.set(parent, [id])
  }
  let placed = 0
  const place = (parent: number, ids: readonly string[]): void => {
    for (const id of ids) {
      const item = byId.get(id) as MarkedMap
      placed += 1
      const node = builder.add(parent, textOf(field(item, 'name')) ?? '', item.line, textOf(field(item, 'description')))
      place(node, below.get(id) ?? [])
    }
  }
  place(-1, below.get(undefined) ?? [])
  if (placed < items.length) throw lost(byId)
}

/** Why some labels hang under nothing: a parent that is not there, or a ring. */
function lost(byId: ReadonlyMap<string, MarkedMap>): Error {
  for (const [id, item] of byId) {
    const parent = parentOf(item)
    if (parent !== undefined && !byId.has(parent))
      return refusal(
        item.line,
        `The parent ${shown(parent)} of ${shown(textOf(field(item, 'name')) ?? id)} is not in the file.`,
      )
  }
  for (const start of byId.keys()) {
    const way: string[] = []
    for (
      let id: string | undefined = start;
      id !== undefined && way.length <= byId.size;
      id = parentOf(byId.get(id) as MarkedMap)
    ) {
      const seen = way.indexOf(id)
      if (seen < 0) way.push(id)
      else {
        const ring = [...way.slice(seen), id].map((one) => textOf(field(byId.get(one) as MarkedMap, 'name')) ?? one)
        return refusal(
          byId.get(id)?.line ?? 1,
          `These labels stand under each other in a ring: ${shownPath(ring.slice(0, 8).reverse())}.`,
          'cycle',
        )
      }
    }
  }
  return refusal(1, 'Some labels stand under nothing.')
}

function parentOf(item: MarkedMap): string | undefined {
  return PARENT.map((key) => textOf(field(item, key))).find((text) => text !== undefined && text !== '')
}

const isPath = (item: MarkedValue): item is MarkedList =>
  item.kind === 'list' && item.items.length > 0 && item.items.every(({ kind }) => kind === 'scalar')

function readPaths(builder: OutlineBuilder, items: readonly MarkedList[]): void {
  for (const { items: names } of items) {
    let node = -1
    for (const name of names) node = builder.ensure(node, textOf(name) ?? '', name.line)
  }
}

/** Maps with the same keys and nothing but texts in them. */
function isTable(items: readonly MarkedValue[]): items is MarkedMap[] {
  const [first] = items
  if (items.length < 2 || first?.kind !== 'map') return false
  const keys = first.entries.map(({ key }) => key)
  return (
    !keys.includes('name') &&
    items.every(
      (item) =>
        item.kind === 'map' && item.entries.every(({ key, value }) => value.kind === 'scalar' && keys.includes(key)),
    )
  )
}

/** Rows of a table: the keys of the first are the levels. */
function readRows(builder: OutlineBuilder, items: readonly MarkedMap[]): void {
  builder.levels = items[0]?.entries.map(({ key }) => key)
  for (const item of items) {
    let node = -1
    let open = true
    for (const level of builder.levels ?? []) {
      const name = textOf(field(item, level))?.trim() ?? ''
      if (name !== '' && !open) throw refusal(item.line, `The row has ${shown(level)}, but not the level above it.`)
      open &&= name !== ''
      if (open) node = builder.ensure(node, name, item.line)
    }
  }
}

function levelsOf(value: MarkedValue | undefined): string[] | undefined {
  if (!value) return undefined
  const levels = value.kind === 'list' ? value.items.map(textOf) : []
  if (levels.length === 0 || levels.some((level) => level === undefined || level.trim() === ''))
    throw refusal(value.line, '"levels" must be a list of names, the broadest first.')
  return levels.map((level) => level ?? '')
}

function field(map: MarkedMap, name: string): MarkedValue | undefined {
  return map.entries.find(({ key }) => key === name)?.value
}

function textOf(value: MarkedValue | undefined): string | undefined {
  return value?.kind === 'scalar' ? value.text : undefined
}
