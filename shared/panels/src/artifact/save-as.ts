import type { Lineage } from '@secxops/protocol/library'
import type { WindowHost } from '../host.ts'
import { translator } from '../i18n/translate.ts'
import { LIBRARY } from '../library/text.ts'
import { isArtifactName } from '../view/artifact-name.ts'

/** Keeps an output of a run under a name that the user chooses, and shows the new version. */
export async function saveAs(
  host: WindowHost,
  run: NonNullable<Lineage['run']>,
  kind: 'dataset' | 'model',
): Promise<void> {
  const t = translator(LIBRARY, host.locale)
  const name = await host.promptText({
    title: t('saveTitle', { port: run.port }),
    label: t('saveName'),
    check: (text) => (isArtifactName(text) ? undefined : t('badName')),
  })
  if (name === null) return
  const params = { id: run.runId, node: run.nodeId, attempt: run.attempt, port: run.port }
  const saved = await host.client.call('runs.saveOutput', { params, body: { name } })
  host.notify('info', t('saved', { ref: `${saved.name}@${saved.version}` }))
  host.openView({ view: 'artifact', kind, name: saved.name, version: saved.version })
}
