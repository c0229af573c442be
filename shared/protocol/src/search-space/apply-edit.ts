import { isMap, type Json } from '../json.ts'
import { SecxopsError } from '../secxops-error.ts'
import type { SpacePath } from './space.ts'

/** A change that a form makes. Paths start at the space. */
export type SpaceEdit =
  /** What stands there becomes `value`; a key that is not there is added last. */
  | { kind: 'set'; path: SpacePath; value: Json }
  /** The key that `path` ends with; it keeps its place. */
  | { kind: 'rename'; path: SpacePath; name: string }
  | { kind: 'remove'; path: SpacePath }
  /** Into the map or list at `into`, so that it stands at `index` (all keys count, `_name` too); `name`: of a map's new key. */
  | { kind: 'insert'; into: SpacePath; index: number; name?: string; value: Json }
  /** Within its map or list; `to`: the place that it then has. */
  | { kind: 'move'; path: SpacePath; to: number }

type Entries = [key: string, value: Json][]

/** The value that an edit makes out of one. Throws `bad-space` when the edit names what is not there or is there already. */
export function applyEdit(value: Json, edit: SpaceEdit): Json {
  if (edit.kind === 'insert') return changeAt(value, edit.into, (container) => insert(container, edit))
  const { path } = edit
  const last = path.at(-1)
  if (last === undefined) {
    if (edit.kind === 'set') return edit.value
    fail('The whole space cannot be renamed, removed or moved.')
  }
  return changeAt(value, path.slice(0, -1), (container) => {
    if (Array.isArray(container)) return changeItem(container, Number(last), edit)
    if (isMap(container)) return Object.fromEntries(changeEntry(Object.entries(container), String(last), edit))
    fail(`There is nothing at ${path.join('.')}.`)
  })
}

function fail(message: string): never {
  throw new SecxopsError({ code: 'bad-space', message })
}

function changeAt(value: Json, path: SpacePath, change: (container: Json) => Json): Json {
  const [step, ...rest] = path
  if (step === undefined) return change(value)
  if (Array.isArray(value) && value[Number(step)] !== undefined)
    return value.map((item, i) => (i === Number(step) ? changeAt(item, rest, change) : item))
  if (isMap(value) && Object.hasOwn(value, step))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, key === String(step) ? changeAt(item, rest, change) : item]),
    )
  fail(`There is nothing called ${step}.`)
}

function insert(container: Json, { index, name, value }: Extract<SpaceEdit, { kind: 'insert' }>): Json {
  if (Array.isArray(container)) return container.toSpliced(index, 0, value)
  if (!isMap(container) || name === undefined) fail('Something can be put into a map or list only.')
  if (Object.hasOwn(container, name)) fail(`There is a ${name} already.`)
  return Object.fromEntries(Object.entries(container).toSpliced(index, 0, [name, value]))
}

function changeItem(list: Json[], index: number, edit: Exclude<SpaceEdit, { kind: 'insert' }>): Json[] {
  const item = list[index]
  if (edit.kind === 'set' && index <= list.length) return list.toSpliced(index, 1, edit.value)
  if (item === undefined || edit.kind === 'rename') fail(`There is no entry ${index + 1}.`)
  const without = list.toSpliced(index, 1)
  return edit.kind === 'move' ? without.toSpliced(edit.to, 0, item) : without
}

function changeEntry(entries: Entries, key: string, edit: Exclude<SpaceEdit, { kind: 'insert' }>): Entries {
  const index = entries.findIndex(([name]) => name === key)
  const entry = entries[index]
  if (edit.kind === 'set') {
    const changed: [string, Json] = [key, edit.value]
    return entry ? entries.with(index, changed) : [...entries, changed]
  }
  if (!entry) fail(`There is nothing called ${key}.`)
  if (edit.kind === 'rename') {
    if (edit.name !== key && entries.some(([name]) => name === edit.name)) fail(`There is a ${edit.name} already.`)
    return entries.with(index, [edit.name, entry[1]])
  }
  const without = entries.toSpliced(index, 1)
  return edit.kind === 'move' ? without.toSpliced(edit.to, 0, entry) : without
}
