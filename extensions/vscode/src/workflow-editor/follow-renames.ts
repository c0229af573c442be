import { isWorkflowPath } from '@secxops/protocol/workflow-path'
import { type Disposable, workspace } from 'vscode'
import { layoutUri } from './layout-uri.ts'

/**
 * The layout file goes with its workflow when that is renamed or moved in the editor, and back when that is undone. Afterwards and not as part of
 * the rename: the editor would ask the user about "refactoring changes" each time.
 */
export const followRenames = (): Disposable =>
  workspace.onDidRenameFiles(async ({ files }) => {
    for (const { oldUri, newUri } of files) {
      if (!isWorkflowPath(oldUri.path) || !isWorkflowPath(newUri.path)) continue
      try {
        await workspace.fs.rename(layoutUri(oldUri), layoutUri(newUri), { overwrite: false })
      } catch {
        // It has no layout, or the new name has one already, which is then the one that holds.
      }
    }
  })
