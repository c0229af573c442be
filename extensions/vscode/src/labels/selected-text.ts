import type { LabelTask } from '@secxops/panels/labels/label/task'
import { commands, env, window } from 'vscode'
import { sourceFile } from './source-file.ts'

/** What is selected in the text editor or cell in front, where nothing is selected the line of the cursor; without an editor no text. */
export function selectedText(): LabelTask {
  const editor = window.activeTextEditor
  if (!editor) return {}
  const { document, selection } = editor
  const range = selection.isEmpty ? document.lineAt(selection.active.line).range : selection
  const text = document.getText(range)
  if (text.trim() === '') return {}
  return { text, source: { file: sourceFile(document.uri), line: range.start.line + 1 } }
}

/** What is selected in the terminal in front. The editor hands it over by the clipboard only, which is then left as it was. */
export async function terminalText(): Promise<string | undefined> {
  const before = await env.clipboard.readText()
  await commands.executeCommand('workbench.action.terminal.copySelection')
  const text = await env.clipboard.readText()
  // A browser that does not show the clipboard says it is empty: that is nothing to put back.
  if (before !== '') await env.clipboard.writeText(before)
  return text.trim() === '' ? undefined : text
}
