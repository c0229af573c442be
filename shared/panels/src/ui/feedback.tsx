import './banner.css'
import { type ReactNode, useEffect, useState } from 'react'
import { COMMON } from '../i18n/common.ts'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'

/** What belongs in an empty place, and the one action that fills it. */
export function EmptyState({
  icon,
  text,
  action,
}: {
  icon?: IconName
  text: string
  action?: { label: string; run(): void }
}): ReactNode {
  return (
    <div className="sx-empty">
      {icon && <Icon name={icon} />}
      <p>{text}</p>
      {action && <Button onClick={action.run}>{action.label}</Button>}
    </div>
  )
}

/** A line across the panel that stays until its cause is gone. */
export function Banner({
  level,
  children,
  actions,
  onClose,
}: {
  level: 'info' | 'warning' | 'error'
  children: ReactNode
  actions?: { label: string; run(): void }[]
  onClose?: () => void
}): ReactNode {
  const t = useText(COMMON)
  return (
    <div className={`sx-banner sx-banner-${level}`} role={level === 'error' ? 'alert' : 'status'}>
      <Icon name={level} />
      <div className="sx-banner-text">{children}</div>
      {actions?.map((action) => (
        <Button key={action.label} onClick={action.run}>
          {action.label}
        </Button>
      ))}
      {onClose && <IconButton icon="close" label={t('close')} onClick={onClose} />}
    </div>
  )
}

/** Grey rows of the true shape; shown only when the answer takes longer than `delay` milliseconds, so that nothing flickers. */
export function Skeleton({
  rows = 4,
  height,
  delay = 300,
}: {
  rows?: number
  height?: number
  delay?: number
}): ReactNode {
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), delay)
    return () => clearTimeout(timer)
  }, [delay])
  return (
    <div className={shown ? 'sx-skeleton sx-skeleton-shown' : 'sx-skeleton'} aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row) => (
        <div key={row} style={height ? { height } : undefined} />
      ))}
    </div>
  )
}
