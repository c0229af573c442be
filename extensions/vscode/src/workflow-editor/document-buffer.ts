import type { TextChange } from '@secxops/protocol/text-change'
import { commands, Range, type TextDocument, WorkspaceEdit, workspace } from 'vscode'
import type { TextBuffer } from './text-buffer.ts'

/** A {@link TextBuffer} over a text document; `active` brings the canvas of the document to the front, where undo acts. */
export function documentBuffer(
  document: TextDocument,
  { conflict, activate }: { conflict(): boolean; activate(): void },
): TextBuffer {
  return {
    path: document.uri.fsPath,
    text: () => document.getText(),
    dirty: () => document.isDirty,
    conflict,
    replace({ offset, deleteCount, insert }: TextChange) {
      const edit = new WorkspaceEdit()
      const range = new Range(document.positionAt(offset), document.positionAt(offset + deleteCount))
      edit.replace(document.uri, range, insert)
      return Promise.resolve(workspace.applyEdit(edit))
    },
    async undo() {
      activate()
      await commands.executeCommand('undo')
    },
    async redo() {
      activate()
      await commands.executeCommand('redo')
    },
    save: () => Promise.resolve(document.save()),
  }
}
