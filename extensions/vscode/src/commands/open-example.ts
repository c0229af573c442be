import { freeName } from '@secxops/protocol/workflow-path'
import { commands, l10n, ProgressLocation, Uri, window, workspace } from 'vscode'
import type { Core } from '../core.ts'
import { hasSameFiles } from './same-files.ts'

/** Name of the example and of the folder that is made for it. */
const EXAMPLE = 'phishing'
/** What is opened of it. */
const FIRST = 'prepare/prepare.ipynb'

/**
 * Copies the example project into the open folder and opens its first notebook; without a folder into one that the user chooses. A copy
 * that is there and has not been changed is opened instead.
 */
export async function openExample(core: Core): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? []
  const host = await core.host()
  const title = l10n.t('Choose a folder for the example project')
  const chosen = folder?.uri.fsPath ?? (await host.pickPath({ title, folder: true }))
  if (chosen === null) return
  const parent = Uri.file(chosen)
  const example = Uri.joinPath(core.context.extensionUri, 'dist/backend/assets/examples', EXAMPLE)
  const there = Uri.joinPath(parent, EXAMPLE)
  const same = await hasSameFiles(example.fsPath, there.fsPath)
  const target = same ? there : await freeFolder(parent)
  if (!same) {
    await window.withProgress({ location: ProgressLocation.Window, title: l10n.t('Copying the example project') }, () =>
      workspace.fs.copy(example, target),
    )
  }
  if (same) host.notify('info', l10n.t('The example project is here already: {0}.', target.fsPath))
  else if (target.path !== there.path)
    host.notify('info', l10n.t('{0} is taken; this copy is {1}.', there.fsPath, target.fsPath))
  if (folder) await commands.executeCommand('vscode.open', Uri.joinPath(target, FIRST))
  else await commands.executeCommand('vscode.openFolder', target)
}

/** `phishing`, or `phishing-2` where that is taken: nothing is overwritten. */
async function freeFolder(parent: Uri): Promise<Uri> {
  const taken = new Set((await workspace.fs.readDirectory(parent)).map(([name]) => name))
  return Uri.joinPath(parent, freeName(EXAMPLE, '', taken))
}
