import { l10n, window } from 'vscode'
import type { EditorHost } from '../core.ts'

/** Asks for a file or a folder: one dialog of the editor cannot offer both on every system. Absolute path; undefined when left. */
export async function pickSource(host: EditorHost, title: string): Promise<string | undefined> {
  const file = { label: `$(file) ${l10n.t('A file')}`, folder: false }
  const folder = { label: `$(folder) ${l10n.t('A folder')}`, folder: true }
  const kind = await window.showQuickPick([file, folder], { title })
  return (kind && (await host.pickPath({ title, folder: kind.folder }))) ?? undefined
}
