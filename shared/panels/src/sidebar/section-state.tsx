import type { RouteName } from '@secxops/protocol/routes'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { Skeleton } from '../ui/feedback.tsx'
import type { Query } from '../ui/use-client.ts'
import { SIDEBAR } from './text.ts'

/** Rows drawn at most; the filter reaches the others. */
export const LIMIT = 200

/** What stands in a section whose list is not known yet or could not be read; `known`: what else it lists is known. */
export function instead<R extends RouteName>(query: Query<R>, known = true): ReactNode {
  if (query.data !== undefined && known) return undefined
  if (query.error && query.error.code !== 'unavailable')
    return <ErrorView error={query.error} onRetry={query.refresh} />
  return <Skeleton rows={2} />
}

export function MoreRows({ n }: { n: number }): ReactNode {
  const t = useText(SIDEBAR)
  return n > 0 ? <p className="sx-dim sx-side-note">{t('moreRows', { n })}</p> : null
}
