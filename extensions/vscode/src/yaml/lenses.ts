import { CodeLens, l10n, Range, type TextDocument, workspace } from 'vscode'
import { COMMANDS } from '../command-ids.ts'

/** What can be done with a module, above its first line. */
export function moduleLenses(document: TextDocument): CodeLens[] {
  const range = new Range(0, 0, 0, 0)
  const lens = (title: string, command: string): CodeLens =>
    new CodeLens(range, { title, command, arguments: [document.uri] })
  return [
    ...(workspace.isTrusted
      ? [lens(l10n.t('Run'), COMMANDS.tryModule), lens(l10n.t('Package'), COMMANDS.packageModuleFile)]
      : []),
    lens(l10n.t('Show argv'), COMMANDS.showArgv),
  ]
}
