import type { ReactNode } from 'react'
import { formatAgo, formatTime } from '../i18n/format.ts'
import { useLocale } from '../i18n/text.ts'
import { useNow } from '../ui/use-client.ts'

/** A relative time with the exact one on hover. `iso`: ISO 8601. */
export function Ago({ iso }: { iso: string }): ReactNode {
  const locale = useLocale()
  const now = useNow(30_000)
  return (
    <time dateTime={iso} title={formatTime(iso, locale)}>
      {formatAgo(iso, now, locale)}
    </time>
  )
}
