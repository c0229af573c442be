import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { EmptyState } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import { EXPERIMENT } from './text.ts'

/** NNI's own page of the experiment, through the backend. It can run its scripts, but not leave its frame. */
export function NniPage({ page }: { page: string }): ReactNode {
  const t = useText(EXPERIMENT)
  const url = useHost().backendUrl?.(page)
  if (url === undefined) return <EmptyState text={t('noFrame')} />
  return (
    <iframe
      className="sx-nni-page"
      title={t('nni')}
      src={url}
      sandbox="allow-scripts allow-same-origin allow-forms allow-downloads"
    />
  )
}
