import { TabInputCustom, TabInputNotebook, TabInputText, Uri, window } from 'vscode'
import type { Row } from '../trees/rows.ts'

/** What a command was called on: a row of a tree, or nothing of that kind. */
export function rowOf(given: unknown): Row | undefined {
  const isRow = typeof given === 'object' && given !== null && 'kind' in given && 'id' in given
  return isRow ? (given as Row) : undefined
}

/** File or folder that a command was called on: in the explorer, by an editor's title or a notebook's toolbar, or by another command. */
export function fileOf(given: unknown): Uri | undefined {
  if (given instanceof Uri) return given
  if (typeof given === 'string') return Uri.file(given)
  if (typeof given !== 'object' || given === null) return undefined
  const notebook = 'notebookEditor' in given ? given.notebookEditor : undefined
  const uri = typeof notebook === 'object' && notebook !== null ? Reflect.get(notebook, 'notebookUri') : undefined
  return uri instanceof Uri ? uri : undefined
}

/** File of the tab in front, whatever editor shows it. */
export function fileInFront(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input
  return input instanceof TabInputText || input instanceof TabInputNotebook || input instanceof TabInputCustom
    ? input.uri
    : undefined
}
