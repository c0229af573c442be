import type { Translate } from '../i18n/translate.ts'
import type { TEXT } from './text.ts'

// The patterns of protocol/names.ts without their validator, which would cost the panel a third of its size.
const NODE_ID = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/
const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

export const isNodeId = (text: string): boolean => NODE_ID.test(text)
export const isIdentifier = (text: string): boolean => IDENTIFIER.test(text)
export const isName = (text: string): boolean => NAME.test(text)

/** Whether a reference holds a name; "." and "..", the workflow's own folder or one above, hold none. */
export const isNamed = (ref: string): boolean => !/^[./]*$/.test(ref)

/** Node id for a module: its name in the library, the last folder of its path, or, when the path holds no name, `name`. */
export function nodeIdOf(ref: string, name = ''): string {
  if (!isNamed(ref)) return asNodeId(name)
  const last = ref.startsWith('.')
    ? (ref
        .split('/')
        .filter((part) => !/^\.*$/.test(part))
        .at(-1) ?? '')
    : ref.split('@')[0]
  return asNodeId(last ?? '')
}

function asNodeId(text: string): string {
  const id = text
    .replace(/\.module\.ya?ml$|\.[a-z]+$/i, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
  return id.slice(0, 60) || 'node'
}

/** The wished name, or with the first free number behind it. */
export function freeId(wish: string, taken: string[], joint = '-'): string {
  let id = wish
  for (let n = 2; taken.includes(id); n++) id = `${wish.slice(0, 58)}${joint}${n}`
  return id
}

/** Lawful name of a library version for a file name. */
export function nameOf(path: string): string {
  const base = path.split('/').filter(Boolean).at(-1) ?? ''
  const stem = base.replace(/\.[A-Za-z0-9]{1,8}$/, '').toLowerCase()
  return (
    stem
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replace(/^-+|-+$/g, '') || 'data'
  )
}

/** Lawful port or parameter name for any text. */
export function identifierOf(text: string): string {
  const name = text
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^[^A-Za-z_]+/, '')
    .slice(0, 60)
  return name || 'input'
}

/** Check for prompts that ask for a new name. */
export function checkNew(
  kind: 'identifier' | 'name',
  taken: string[],
  t: Translate<typeof TEXT>,
): (value: string) => string | undefined {
  return (value) => {
    if (kind === 'identifier' && !isIdentifier(value)) return t('badIdentifier')
    if (kind === 'name' && !isName(value)) return t('badName')
    return taken.includes(value) ? t('nameTaken', { name: value }) : undefined
  }
}

/** Path from a folder to a file or folder, as a module reference or `file:` source has it; `..` steps where needed. */
export function relativeRef(folder: string, path: string): string {
  const a = folder.split('/').filter(Boolean)
  const b = path.split('/').filter(Boolean)
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same++
  const up = a.length - same
  return `${up === 0 ? './' : '../'.repeat(up)}${b.slice(same).join('/')}`
}

export const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')))
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Reference of a module file as workflows write it: the folder of `module.yaml`, or the file's name without its ending. */
export function moduleRef(workflowPath: string, modulePath: string): string {
  const target = baseOf(modulePath).match(/^module\.ya?ml$/)
    ? folderOf(modulePath)
    : modulePath.replace(/\.module\.ya?ml$/, '')
  return relativeRef(folderOf(workflowPath), target).replace(/\/$/, '')
}
