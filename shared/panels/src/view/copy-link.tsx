import { type ReactNode, useState } from 'react'
import type { ViewAddress } from '../host.ts'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { VIEW } from './text.ts'

/** Copies the address under which others find the view; nothing where the editor has no such addresses. */
export function CopyLink({ address }: { address: ViewAddress }): ReactNode {
  const host = useHost()
  const t = useText(VIEW)
  const [copied, setCopied] = useState(false)
  if (!host.linkTo) return null
  return (
    <IconButton
      icon={copied ? 'check' : 'link'}
      label={copied ? t('copied') : t('copyLink')}
      onBlur={() => setCopied(false)}
      onClick={() => {
        host.copy(host.linkTo?.(address) ?? '')
        setCopied(true)
      }}
    />
  )
}
