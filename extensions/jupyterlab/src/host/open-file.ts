import type { CodeEditor } from '@jupyterlab/codeeditor'
import type { IDocumentManager } from '@jupyterlab/docmanager'
import type { IDocumentWidget } from '@jupyterlab/docregistry'
import type { Widget } from '@lumino/widgets'

/** Opens a contents path in its default editor, or in the named factory, at a place of the text (1-based). */
export async function openFile(
  documents: IDocumentManager,
  path: string,
  at: { line?: number; column?: number } = {},
  factory?: string,
): Promise<void> {
  const widget = documents.openOrReveal(path, factory)
  if (!widget || at.line === undefined) return
  await widget.context.ready
  await widget.revealed
  const editor = textEditor(widget)
  if (!editor) return
  const position = { line: at.line - 1, column: (at.column ?? 1) - 1 }
  editor.setCursorPosition(position)
  editor.revealPosition(position)
  editor.focus()
}

/** The text editor inside a document widget, if it is one (recognised by shape: the editor's package is not always there). */
function textEditor(widget: IDocumentWidget): CodeEditor.IEditor | undefined {
  const content: Widget & { editor?: unknown } = widget.content
  const editor = content.editor
  return typeof editor === 'object' && editor !== null && 'setCursorPosition' in editor
    ? (editor as CodeEditor.IEditor)
    : undefined
}
