import type { BaseSummary } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { ErrorView } from '../../ui/error-view.tsx'
import { Banner } from '../../ui/feedback.tsx'
import { useHost } from '../../ui/host-context.ts'
import { LABEL } from './text.ts'

/** Why a base gives no answer, and the way out. */
export function BaseNote({ base, emptyTree }: { base: BaseSummary; emptyTree: boolean }): ReactNode {
  const host = useHost()
  const t = useText(LABEL)
  const { name, state } = base
  const open = { label: t('import'), run: () => host.openView({ view: 'base', name, part: 'references' }) }
  if (state.state === 'empty')
    return (
      <Banner level="info" actions={[open]}>
        {t('emptyBase', { base: name })}
        {emptyTree && ` ${t('emptyTree')}`}
      </Banner>
    )
  if (state.state === 'working' && !state.answers) return <Banner level="info">{t('learning', { base: name })}</Banner>
  if (state.state === 'failed') return <ErrorView error={state.error} />
  return null
}
