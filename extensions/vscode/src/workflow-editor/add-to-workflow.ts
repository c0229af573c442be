import type { Dropped } from '@secxops/panels/host'
import { l10n, Uri } from 'vscode'
import type { EditorHost } from '../core.ts'
import { isDropped } from '../pages/dragged.ts'
import type { WorkflowEditors } from './workflow-editors.ts'

/** Takes files of the explorer and rows of the trees into the canvas in front: what a drag does, for keyboard and menu. */
export async function addToWorkflow(editors: WorkflowEditors, host: EditorHost, given: unknown[]): Promise<void> {
  const items = given.map(droppedOf).filter((item) => item !== undefined)
  for (const item of items) {
    if (await editors.add(item)) continue
    host.notify(
      'warning',
      l10n.t('Open a workflow first: what you add becomes a node or an input of the workflow in front.'),
    )
    return
  }
}

/** A file of the explorer is a path; a row of a tree tells itself what it stands for. */
function droppedOf(given: unknown): Dropped | undefined {
  if (given instanceof Uri) return { kind: 'path', path: given.fsPath }
  if (isDropped(given)) return given
  const held = typeof given === 'object' && given !== null && 'dropped' in given ? given.dropped : undefined
  return isDropped(held) ? held : undefined
}
