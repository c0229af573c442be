import type { BaseDetail } from '@secxops/protocol/labels'
import type { WindowHost } from '../host.ts'
import { translator } from '../i18n/translate.ts'
import { isArtifactName } from '../view/artifact-name.ts'
import { BASE_WORDS } from './base-words.ts'

/** Asks for a name and makes an empty base; undefined when the user left. */
export async function createBase(host: WindowHost): Promise<BaseDetail | undefined> {
  const t = translator(BASE_WORDS, host.locale)
  const name = await host.promptText({
    title: t('create'),
    label: t('createLabel'),
    check: (text) => (isArtifactName(text) ? undefined : t('badName')),
  })
  return name === null ? undefined : host.client.call('labels.bases.create', { body: { name } })
}
