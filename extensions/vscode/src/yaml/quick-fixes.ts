import { CodeAction, CodeActionKind, type Diagnostic, l10n, Range, type TextDocument, WorkspaceEdit } from 'vscode'
import { DIAGNOSTICS } from './diagnostics.ts'
import { wordFix } from './word-fix.ts'

/** What the editor can mend by itself of the problems at a place: the wrong words for which another one is known. */
export function quickFixes(document: TextDocument, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const lines = document.getText().split(/\r?\n/)
  return diagnostics.flatMap((diagnostic) => {
    const { source, message, range } = diagnostic
    const fix = source === DIAGNOSTICS ? wordFix(lines, range.start.line, range.start.character, message) : undefined
    if (!fix) return []
    const action = new CodeAction(l10n.t('Change to "{0}"', fix.insert), CodeActionKind.QuickFix)
    action.edit = new WorkspaceEdit()
    action.edit.replace(document.uri, new Range(fix.line, fix.from, fix.line, fix.to), fix.insert)
    action.diagnostics = [diagnostic]
    action.isPreferred = true
    return [action]
  })
}
