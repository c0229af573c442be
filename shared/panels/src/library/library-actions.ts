import type { ArtifactVersionInfo } from '@secxops/protocol/library'
import type { WindowHost } from '../host.ts'
import { translator } from '../i18n/translate.ts'
import { artifactName, isArtifactName } from '../view/artifact-name.ts'
import { LIBRARY } from './text.ts'

/** Adds a file or folder as a new version; asks for the name unless one is given. Undefined when the user left. */
export async function addArtifact(
  host: WindowHost,
  kind: 'dataset' | 'model',
  path: string,
  name?: string,
): Promise<ArtifactVersionInfo | undefined> {
  const t = translator(LIBRARY, host.locale)
  const chosen =
    name ??
    (await host.promptText({
      title: t('nameTitle', { path: path.replace(/.*\//, '') }),
      label: t('name'),
      value: artifactName(path, kind),
      check: (text) => (isArtifactName(text) ? undefined : t('badName')),
    }))
  if (chosen === null) return undefined
  const added = await host.client.call('library.add', { params: { kind }, body: { path, name: chosen } })
  host.notify('info', t(added.unchanged ? 'unchanged' : 'added', { ref: refOf(added) }))
  return added
}

/** Asks for a file or folder and adds it. */
export async function pickArtifact(
  host: WindowHost,
  kind: 'dataset' | 'model',
  options: { title: string; folder: boolean; name?: string },
): Promise<void> {
  const path = await host.pickPath({ title: options.title, folder: options.folder })
  if (path !== null) await addArtifact(host, kind, path, options.name)
}

/** Copies the content of a version into a folder that the user chooses. */
export async function exportArtifact(host: WindowHost, info: ArtifactVersionInfo): Promise<void> {
  const t = translator(LIBRARY, host.locale)
  const directory = await host.pickPath({ title: t('exportTo'), folder: true })
  if (directory === null) return
  const { kind, name, version } = info
  const { path } = await host.client.call('library.export', { params: { kind, name, version }, body: { directory } })
  host.notify('info', t('exported', { path }))
}

/** Removes a version, unasked, as it can be brought back; answers until when (ISO 8601). */
export async function removeArtifact(host: WindowHost, info: ArtifactVersionInfo): Promise<string> {
  const { kind, name, version } = info
  const body = { confirm: refOf(info) }
  return (await host.client.call('library.remove', { params: { kind, name, version }, body })).restorableUntil
}

/** Brings a removed version back. */
export async function restoreArtifact(host: WindowHost, info: ArtifactVersionInfo): Promise<void> {
  const { kind, name, version } = info
  await host.client.call('library.restore', { params: { kind, name, version }, body: {} })
}

export const refOf = (info: { name: string; version: number }): string => `${info.name}@${info.version}`
