import type { ViewAddress } from '@secxops/panels/host'
import { commands, Uri } from 'vscode'
import { COMMANDS } from './command-ids.ts'

/** View type of the canvas: the custom editor of workflow files. */
export const WORKFLOW_EDITOR = 'secxops.workflow'

/** Opens a view of the backend in the editor area, or reveals it where it is open. */
export const openView = (address: ViewAddress): Thenable<void> => commands.executeCommand(COMMANDS.openView, address)

/** Opens a workflow file (absolute path) on the canvas. */
export const openWorkflow = (path: string): Thenable<void> =>
  commands.executeCommand('vscode.openWith', Uri.file(path), WORKFLOW_EDITOR)
