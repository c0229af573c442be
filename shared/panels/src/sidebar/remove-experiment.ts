import type { ExperimentSummary } from '@secxops/protocol/experiments'
import type { WindowHost } from '../host.ts'
import { translator } from '../i18n/translate.ts'
import { EXPERIMENT_WORDS } from './experiment-words.ts'

/** Removes an experiment that is over, once the user has typed its name: it cannot be brought back. */
export async function removeExperiment(host: WindowHost, { id, name }: ExperimentSummary): Promise<void> {
  const t = translator(EXPERIMENT_WORDS, host.locale)
  const title = t('remove', { name })
  const sure = await host.confirm({ title, message: t('removeMessage'), action: title, typed: name })
  if (sure) await host.client.call('experiments.remove', { params: { id }, body: { confirm: name } })
}
