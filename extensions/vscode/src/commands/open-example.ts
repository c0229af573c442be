import { freeName } from '@secxops/protocol/workflow-path'
import { commands, l10n, ProgressLocation, Uri, window, workspace } from 'vscode'
import type { Core } from '../core.ts'

/** Name of the example and of the folder that is made for it. */
const EXAMPLE = 'phishing'
/** What is opened of it. */
const FIRST = 'prepare/prepare.ipynb'

/** Copies the example project into the open folder and opens its first notebook; without a folder into one that the user chooses. */
export async function openExample(core: Core): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? []
  const title = l10n.t('Choose a folder for the example project')
  const parent = folder?.uri.fsPath ?? (await (await core.host()).pickPath({ title, folder: true }))
  if (parent === null) return
  const target = await freeFolder(Uri.file(parent))
  await window.withProgress({ location: ProgressLocation.Window, title: l10n.t('Copying the example project') }, () =>
    workspace.fs.copy(Uri.joinPath(core.context.extensionUri, 'dist/backend/assets/examples', EXAMPLE), target),
  )
  if (folder) await commands.executeCommand('vscode.open', Uri.joinPath(target, FIRST))
  else await commands.executeCommand('vscode.openFolder', target)
}

/** `phishing`, or `phishing-2` where that is taken: nothing is overwritten. */
async function freeFolder(parent: Uri): Promise<Uri> {
  const taken = new Set((await workspace.fs.readDirectory(parent)).map(([name]) => name))
  return Uri.joinPath(parent, freeName(EXAMPLE, '', taken))
}
