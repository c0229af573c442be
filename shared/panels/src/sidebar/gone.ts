import type { RunSummary } from '@secxops/protocol/run'
import type { Host } from '../host.ts'
import { translator } from '../i18n/translate.ts'
import { ROW_WORDS } from './row-words.ts'

/** Says that there is nothing at `path` any more and offers the newest run of it. */
export function tellGone(host: Pick<Host, 'notify' | 'locale'>, path: string, newest: RunSummary | undefined): void {
  const t = translator(ROW_WORDS, host.locale)
  host.notify(
    'warning',
    t('goneFile', { path }),
    newest && [{ kind: 'open', label: t('newestRun'), place: { runId: newest.id } }],
  )
}
