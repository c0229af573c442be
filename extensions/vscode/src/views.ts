import type { ViewAddress } from '@secxops/panels/host'
import { commands, env, UIKind, Uri } from 'vscode'
import { COMMANDS } from './command-ids.ts'

/** View type of the canvas: the custom editor of workflow files. */
export const WORKFLOW_EDITOR = 'secxops.workflow'

/** View types of the forms over `search_space.json` and `NAME.experiment.yaml`. */
export const SPACE_EDITOR = 'secxops.space'
/** The same for any JSON or YAML file, where the user asks for it. */
export const ANY_SPACE_EDITOR = 'secxops.anySpace'
export const EXPERIMENT_EDITOR = 'secxops.experiment'

/**
 * Opens a view of the backend in the editor area, or reveals it where it is open. `preview`: it is only looked at, and the next such view
 * takes its place.
 */
export const openView = (address: ViewAddress, preview = false): Thenable<void> =>
  commands.executeCommand(COMMANDS.openView, { ...address, preview })

/** Opens a workflow file (absolute path) on the canvas. */
export const openWorkflow = (path: string): Thenable<void> =>
  commands.executeCommand('vscode.openWith', Uri.file(path), WORKFLOW_EDITOR)

/**
 * What the address of a view begins with, for others to follow. In a browser such an address would open another editor on the desktop,
 * so there is none.
 */
export const linkBase = (): string | undefined =>
  env.uiKind === UIKind.Desktop ? `${env.uriScheme}://secxops.secxops/open` : undefined
