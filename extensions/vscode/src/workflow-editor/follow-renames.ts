import { isWorkflowPath } from '@secxops/protocol/workflow-path'
import { type Disposable, type FileRenameEvent, type Uri, WorkspaceEdit, workspace } from 'vscode'
import { layoutUri } from './layout-uri.ts'

/** The layout file goes with its workflow when that is renamed or moved in the editor, as part of the same undoable step. */
export const followRenames = (): Disposable =>
  workspace.onWillRenameFiles((event) => {
    const workflows = event.files.filter(
      ({ oldUri, newUri }) => isWorkflowPath(oldUri.path) && isWorkflowPath(newUri.path),
    )
    if (workflows.length > 0) event.waitUntil(layoutRenames(workflows))
  })

async function layoutRenames(workflows: FileRenameEvent['files']): Promise<WorkspaceEdit> {
  const edit = new WorkspaceEdit()
  for (const { oldUri, newUri } of workflows)
    if (await exists(layoutUri(oldUri))) edit.renameFile(layoutUri(oldUri), layoutUri(newUri), { overwrite: false })
  return edit
}

const exists = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  )
