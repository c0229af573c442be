import type { Dropped } from '@secxops/panels/host'
import { l10n, Uri, window } from 'vscode'
import type { EditorHost } from '../core.ts'
import { isDropped } from '../pages/dragged.ts'
import { workflowFiles } from '../trees/workspace-files.ts'
import { openWorkflow } from '../views.ts'
import type { WorkflowEditors } from './workflow-editors.ts'

/**
 * Takes files of the explorer and rows of the trees into a workflow: what a drag does, for keyboard and menu. The workflow is the one in
 * front, else the one that the user picks. What is no module yet is packaged first.
 */
export async function addToWorkflow(editors: WorkflowEditors, host: EditorHost, given: unknown[]): Promise<void> {
  const items = given.map(droppedOf).filter((item) => item !== undefined)
  const path = editors.find()?.document.uri.fsPath ?? (await pickWorkflow(host))
  if (path === undefined) return
  if (!editors.find(path)) await openWorkflow(path)
  for (const item of items) {
    if (await editors.add(item, path)) continue
    host.notify('warning', l10n.t('The workflow cannot be changed now; its canvas says why.'))
    return
  }
}

async function pickWorkflow(host: EditorHost): Promise<string | undefined> {
  const files = await workflowFiles.list()
  if (files.length === 0)
    host.notify('info', l10n.t('There is no workflow in this folder yet: make one first, with "New workflow".'))
  if (files.length < 2) return files[0]?.path
  const items = files.map(({ name, place, path }) => ({ label: name, description: place, path }))
  return (await window.showQuickPick(items, { title: l10n.t('Add to workflow') }))?.path
}

/** A file of the explorer is a path; a row of a tree tells itself what it stands for. */
function droppedOf(given: unknown): Dropped | undefined {
  if (given instanceof Uri) return { kind: 'path', path: given.fsPath }
  if (isDropped(given)) return given
  const held = typeof given === 'object' && given !== null && 'dropped' in given ? given.dropped : undefined
  return isDropped(held) ? held : undefined
}
