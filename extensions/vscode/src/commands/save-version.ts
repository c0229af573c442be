import { translator } from '@secxops/panels/i18n/translate'
import { ROW_WORDS } from '@secxops/panels/sidebar/row-words'
import { l10n, window, workspace } from 'vscode'
import type { Core } from '../core.ts'
import { fileInFront, fileOf, rowOf } from './given.ts'

/** Takes a snapshot of a module into the library: of the row, the module file, the tab in front, else of the one that the user picks. */
export async function saveVersion(core: Core, given: unknown): Promise<void> {
  const host = await core.host()
  const row = rowOf(given)
  const front = fileInFront()?.fsPath
  const path =
    (row?.kind === 'module-file' ? row.file.path : undefined) ??
    fileOf(given)?.fsPath ??
    (front !== undefined && /(^|\/|\.)module\.ya?ml$/.test(front) ? front : await pickModule())
  if (path === undefined) return
  await workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.fsPath === path)?.save()
  const { name, version, unchanged } = await host.client.call('modules.save', { body: { path } })
  const t = translator(ROW_WORDS, host.locale)
  host.notify('info', t(unchanged ? 'sameVersion' : 'savedVersion', { ref: `${name}@${version}` }))
}

async function pickModule(): Promise<string | undefined> {
  const { moduleFiles } = await import('../trees/workspace-files.ts')
  const files = (await moduleFiles.list()).map(({ name, place, path }) => ({ label: name, description: place, path }))
  const placeHolder = files.length === 0 ? l10n.t('There is no module in this folder yet.') : undefined
  return (await window.showQuickPick(files, { title: l10n.t('Save version'), placeHolder }))?.path
}
