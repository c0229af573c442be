import { DROP_MIME, type Dropped } from '@secxops/panels/host'
import { isRecord } from '../is-record.ts'

/** Data of a drag out of a native tree of the editor; the rest of the type is the tree's id. */
const TREE = 'application/vnd.code.tree.'
const URIS = ['application/vnd.code.uri-list', 'text/uri-list']

/** The parts of a DOM drag that are read here. */
export interface DragData {
  readonly types: readonly string[]
  getData(type: string): string
}

/** Whether a drag may hold something for us; its data can be read only when it is dropped. */
export const mayHold = ({ types }: DragData): boolean =>
  types.some((type) => type === DROP_MIME || type.startsWith(TREE) || URIS.includes(type))

/** What was dropped: out of our panels, out of our trees, or files of the explorer (of the machine where the backend is). */
export function readDrag(data: DragData): Dropped[] {
  const own = parse(data.getData(DROP_MIME))
  if (isDropped(own)) return [own]
  const tree = data.types.find((type) => type.startsWith(TREE))
  const rows = tree ? rowsOf(parse(data.getData(tree))) : []
  if (rows.length > 0) return rows
  const uris = URIS.map((type) => data.getData(type)).find((text) => text.trim() !== '') ?? ''
  return uris
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap(pathOf)
    .map((path) => ({ kind: 'path', path }))
}

/** The editor gives the ids of the dragged rows; ours hold what the row stands for as JSON. */
function rowsOf(value: unknown): Dropped[] {
  if (!isRecord(value) || !Array.isArray(value.itemHandles)) return []
  return value.itemHandles
    .map((handle) => parse(String(handle).replace(/^[^{]*/, '')))
    .filter((row): row is Dropped => isDropped(row))
}

function pathOf(uri: string): string[] {
  try {
    const { protocol, pathname } = new URL(uri)
    return protocol === 'file:' || protocol === 'vscode-remote:' ? [decodeURIComponent(pathname)] : []
  } catch {
    return []
  }
}

export function isDropped(value: unknown): value is Dropped {
  if (!isRecord(value)) return false
  if (value.kind === 'module') return typeof value.ref === 'string'
  if (value.kind === 'path') return typeof value.path === 'string'
  return value.kind === 'artifact' && typeof value.name === 'string' && typeof value.artifact === 'string'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
