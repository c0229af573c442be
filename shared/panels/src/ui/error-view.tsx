import type { ErrorBody } from '@secxops/protocol/errors'
import type { ReactNode } from 'react'
import { COMMON } from '../i18n/common.ts'
import { localError, ownCause } from '../i18n/error-text.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { Button } from './button.tsx'
import { useHost } from './host-context.ts'
import { Icon } from './icon.tsx'

/** An error in four parts: what, where, why, what to do (as buttons). */
export function ErrorView({ error: told, onRetry }: { error: ErrorBody; onRetry?: () => void }): ReactNode {
  const host = useHost()
  const t = useText(COMMON)
  const error = localError(told, useLocale())
  const where = error.where
  const cause = ownCause(error)
  return (
    <div className="sx-error" role="alert">
      <p className="sx-error-message">
        <Icon name="error" /> <span>{error.message}</span>
      </p>
      {where?.path && (
        <Button kind="link" onClick={() => where.path && host.openFile(where.path, where)}>
          {where.line ? `${where.path}:${where.line}` : where.path}
        </Button>
      )}
      {cause && <pre className="sx-error-cause">{cause}</pre>}
      <div className="sx-actions">
        {error.next?.map((action) => (
          <Button key={action.label} onClick={() => host.act(action)}>
            {action.label}
          </Button>
        ))}
        {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
        <Button kind="link" onClick={() => host.copy(JSON.stringify(told, null, 2))}>
          {t('copyDetails')}
        </Button>
      </div>
    </div>
  )
}
