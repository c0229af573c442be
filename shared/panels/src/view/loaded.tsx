import type { RouteOutput } from '@secxops/protocol/api'
import type { RouteName } from '@secxops/protocol/routes'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { ErrorView } from '../ui/error-view.tsx'
import { Banner, Skeleton } from '../ui/feedback.tsx'
import type { Query } from '../ui/use-client.ts'
import { VIEW } from './text.ts'

/** Shape while it loads, cause and retry when it failed, else the data; old data stays when reading it again failed. */
export function Loaded<R extends RouteName>({
  query,
  rows = 6,
  children,
}: {
  query: Query<R>
  rows?: number
  children: (data: RouteOutput<R>) => ReactNode
}): ReactNode {
  const t = useText(VIEW)
  if (query.data !== undefined)
    return (
      <>
        {query.error && query.error.code !== 'unavailable' && (
          <Banner level="warning">{`${t('showing')} ${query.error.message}`}</Banner>
        )}
        {children(query.data)}
      </>
    )
  if (query.error) return <ErrorView error={query.error} onRetry={query.refresh} />
  return <Skeleton rows={rows} />
}
