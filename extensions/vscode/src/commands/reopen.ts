import { commands, window } from 'vscode'
import { fileInFront, fileOf } from './given.ts'

/** Shows a workflow by another editor in place of the one in front. Both show one document, so nothing has to be saved for it. */
export async function reopen(given: unknown, editor: string): Promise<void> {
  const tab = window.tabGroups.activeTabGroup.activeTab
  const before = fileInFront()
  const uri = fileOf(given) ?? before
  if (!uri) return
  await commands.executeCommand('vscode.openWith', uri, editor)
  if (tab && before?.toString() === uri.toString()) await window.tabGroups.close(tab)
}
