import type { CodeEditor } from '@jupyterlab/codeeditor'
import type { Widget } from '@lumino/widgets'

/** A text that the user means, with the contents path and the 1-based line where it stands, where that is known. */
export interface Selected {
  text: string
  path?: string
  line?: number
  column?: string
}

/** Parts of documents of any kind, recognised by shape: their packages are not always there. */
interface Shapes {
  context?: { path?: unknown }
  content?: Widget & {
    editor?: CodeEditor.IEditor
    activeCell?: { editor?: CodeEditor.IEditor | null } | null
    getSelection?(): string | null
  }
}

interface Grid {
  dataModel: { data(region: string, row: number, column: number): unknown }
  selectionModel: { currentSelection(): { r1: number; c1: number } | null }
}

/**
 * What is selected in a tab: in a rendered output, a text editor or cell, a table, a terminal; where nothing is selected in an editor, the
 * line of the cursor. Undefined: nothing.
 */
export function selectedText(widget: Widget | null): Selected | undefined {
  if (!widget) return undefined
  const { context, content } = widget as Widget & Shapes
  const path = typeof context?.path === 'string' ? { path: context.path } : {}
  const editor = content?.editor ?? content?.activeCell?.editor ?? undefined
  const found = inPage(widget.node) ?? inEditor(editor) ?? inTable(content) ?? inTerminal(content)
  return found && { ...found, ...path }
}

function inEditor(editor: CodeEditor.IEditor | undefined): Selected | undefined {
  if (!editor?.getSelection) return undefined
  const { start, end } = editor.getSelection()
  const [from = 0, to = 0] = [editor.getOffsetAt(start), editor.getOffsetAt(end)].sort((a, b) => a - b)
  const line = Math.min(start.line, end.line)
  const text = from === to ? (editor.getLine(line) ?? '') : editor.model.sharedModel.getSource().slice(from, to)
  return text.trim() === '' ? undefined : { text, line: line + 1 }
}

/** The cell of a table that was clicked last. The grid shows a header above its first row, which is line 1 of the file. */
function inTable(content: Widget | undefined): Selected | undefined {
  const grid = [...(content?.layout ?? [])].find(isGrid)
  const at = grid?.selectionModel.currentSelection()
  if (!grid || !at) return undefined
  const text = String(grid.dataModel.data('body', at.r1, at.c1) ?? '')
  const column = String(grid.dataModel.data('column-header', 0, at.c1) ?? '')
  return text.trim() === '' ? undefined : { text, line: at.r1 + 2, ...(column === '' ? {} : { column }) }
}

const isGrid = (widget: Widget): widget is Widget & Grid => 'dataModel' in widget && 'selectionModel' in widget

function inPage(node: HTMLElement): Selected | undefined {
  const selection = window.getSelection()
  const text = selection?.toString() ?? ''
  const at = selection?.anchorNode ?? null
  // What is selected in an editor is asked of the editor, which knows the line.
  const elsewhere = !node.contains(at) || at?.parentElement?.closest('.cm-editor')
  return text.trim() === '' || elsewhere ? undefined : { text }
}

function inTerminal(content: Shapes['content']): Selected | undefined {
  const text = content?.getSelection?.()
  return text && text.trim() !== '' ? { text } : undefined
}
