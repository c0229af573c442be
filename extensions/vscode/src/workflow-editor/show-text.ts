import { Selection, type TextDocument, TextEditorRevealType, ViewColumn, window } from 'vscode'

/** Shows a document as text, where it is open so already, else beside its form; at a line (from 1) if given. */
export async function showText(document: TextDocument, line: number | undefined): Promise<void> {
  const open = window.visibleTextEditors.find((editor) => editor.document === document)
  const editor = await window.showTextDocument(document, { viewColumn: open?.viewColumn ?? ViewColumn.Beside })
  if (line === undefined) return
  const { range } = document.lineAt(Math.min(line, document.lineCount) - 1)
  editor.selection = new Selection(range.start, range.start)
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport)
}
