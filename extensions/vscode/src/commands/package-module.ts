import { l10n, type Uri, window, workspace } from 'vscode'
import type { Core } from '../core.ts'
import { openView } from '../views.ts'
import { fileInFront, fileOf, rowOf } from './given.ts'
import { pickSource } from './pick-source.ts'

/** Opens "Package as module" for what was meant: the row, the file, the folder, else the tab in front, else what the user picks. */
export async function packageModule(core: Core, given: unknown): Promise<void> {
  const row = rowOf(given)
  const front = fileInFront()
  const path =
    (row?.kind === 'module-file' ? row.file.source : undefined) ??
    fileOf(given)?.fsPath ??
    (front && isPackageable(front) ? front.fsPath : undefined)
  await openPackage(path ?? (await pick(core)))
}

/** Asks which notebook, script or folder, whatever is in front. */
export const packageOther = async (core: Core): Promise<void> => openPackage(await pick(core))

const pick = async (core: Core): Promise<string | undefined> =>
  pickSource(await core.host(), l10n.t('Package a notebook, script or folder'))

export async function openPackage(path: string | undefined): Promise<void> {
  if (path === undefined) return
  await saveOpen(path)
  await openView({ view: 'package', path })
}

const isPackageable = (uri: Uri): boolean => /\.(ipynb|py|sh)$/.test(uri.path)

/** The file is what is packaged: what is not saved would be missing. */
async function saveOpen(path: string): Promise<void> {
  const notebook = workspace.notebookDocuments.find(({ uri }) => uri.fsPath === path)
  if (notebook?.isDirty) await notebook.save()
  const text = workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.fsPath === path)
  if (text && !(await text.save())) void window.showWarningMessage(l10n.t('{0} was not saved.', path))
}
