import { translator } from '@secxops/panels/i18n/translate'
import {
  addArtifact,
  exportArtifact,
  pickArtifact,
  refOf,
  removeArtifact,
  restoreArtifact,
} from '@secxops/panels/library/library-actions'
import { ROW_WORDS } from '@secxops/panels/sidebar/row-words'
import { l10n, window } from 'vscode'
import type { Core } from '../core.ts'
import type { Row } from '../trees/rows.ts'
import { fileOf } from './given.ts'
import { pickSource } from './pick-source.ts'

type Kind = 'dataset' | 'model'
type Version = Extract<Row, { kind: 'version' }>

/** Takes a file or folder into the library under a name that the user confirms. */
export async function addToLibrary(core: Core, kind: Kind, given: unknown): Promise<void> {
  const host = await core.host()
  const title = kind === 'dataset' ? l10n.t('Add as dataset') : l10n.t('Add as model')
  const path = fileOf(given)?.fsPath ?? (await pickSource(host, title))
  if (path !== undefined) await addArtifact(host, kind, path)
}

/** Adds a new version under the name of a row. */
export async function newVersion(core: Core, { artifact }: Version, folder: boolean): Promise<void> {
  const host = await core.host()
  const title = translator(ROW_WORDS, host.locale)(folder ? 'newVersionFolder' : 'newVersion')
  await pickArtifact(host, artifact.kind as Kind, { title, folder, name: artifact.name })
}

export const exportVersion = async (core: Core, { artifact }: Version): Promise<void> =>
  exportArtifact(await core.host(), artifact.latest)

/** Removes the newest version and offers to bring it back. */
export async function removeVersion(core: Core, { artifact }: Version): Promise<void> {
  const host = await core.host()
  await removeArtifact(host, artifact.latest)
  const t = translator(ROW_WORDS, host.locale)
  const undo = t('undo')
  const chosen = await window.showInformationMessage(t('removed', { ref: refOf(artifact.latest) }), undo)
  if (chosen === undo) await restoreArtifact(host, artifact.latest)
}
