import { basename } from 'node:path'
import { newWorkflow } from '@secxops/protocol/new-workflow'
import { freeWorkflowName } from '@secxops/protocol/workflow-path'
import { l10n, Uri, window, workspace } from 'vscode'
import type { Core } from '../core.ts'
import { openWorkflow } from '../views.ts'
import { fileOf } from './given.ts'

/** Writes a new, empty workflow named after its folder and opens it. `given`: the folder; without it that of the window. */
export async function createWorkflow(core: Core, given: unknown): Promise<void> {
  const folder = fileOf(given) ?? (await windowFolder())
  if (!folder) {
    return (await core.host()).notify('info', l10n.t('Open a folder first: a workflow is a file in it.'))
  }
  const taken = new Set((await workspace.fs.readDirectory(folder)).map(([name]) => name))
  const file = Uri.joinPath(folder, freeWorkflowName(basename(folder.path) || 'untitled', taken))
  await workspace.fs.writeFile(file, new TextEncoder().encode(newWorkflow()))
  await openWorkflow(file.fsPath)
}

async function windowFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? []
  if (folders.length < 2) return folders[0]?.uri
  return (await window.showWorkspaceFolderPick())?.uri
}
