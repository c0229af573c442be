import type { ReactNode } from 'react'
import { COMMON } from '../i18n/common.ts'
import { localError } from '../i18n/error-text.ts'
import { useText } from '../i18n/text.ts'
import { Button } from './button.tsx'
import { useHost } from './host-context.ts'
import { Icon } from './icon.tsx'
import { useConnection } from './use-client.ts'

/** Says that the backend is away and why, or when the next attempt is, and lets the user try at once. Absent while all is well. */
export function ConnectionBanner(): ReactNode {
  const { connection, seconds, reconnect } = useConnection()
  const t = useText(COMMON)
  const { locale } = useHost()
  if (connection.state !== 'lost') return null
  const { why } = connection
  return (
    <div className="sx-banner sx-banner-warning">
      <Icon name="warning" />
      {/* The countdown is not spoken each second; its arrival is. */}
      <div className="sx-banner-text" role="status" aria-live="polite" aria-atomic="false">
        {why ? localError(why, locale).message : seconds > 0 ? t('lost', { n: seconds }) : t('lostNow')}
      </div>
      <Button onClick={reconnect}>{t('reconnect')}</Button>
    </div>
  )
}
