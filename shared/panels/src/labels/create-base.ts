import type { BaseDetail } from '@secxops/protocol/labels'
import type { WindowHost } from '../host.ts'
import { translator } from '../i18n/translate.ts'
import { isArtifactName } from '../view/artifact-name.ts'
import { LABELS } from './text.ts'

/** Asks for a name and makes an empty base; undefined when the user left. */
export async function createBase(host: WindowHost): Promise<BaseDetail | undefined> {
  const t = translator(LABELS, host.locale)
  const name = await host.promptText({
    title: t('create'),
    label: t('createLabel'),
    check: (text) => (isArtifactName(text) ? undefined : t('badName')),
  })
  return name === null ? undefined : host.client.call('labels.bases.create', { body: { name } })
}
