import { type ReactNode, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { VIEW } from './text.ts'

/** Code or a reference with a button that copies it (`copy` when that is more than what is shown). */
export function CopyLine({ text, copy = text, label }: { text: string; copy?: string; label?: string }): ReactNode {
  const host = useHost()
  const t = useText(VIEW)
  const [copied, setCopied] = useState(false)
  return (
    <span className="sx-copyline">
      <code>{text}</code>
      <IconButton
        icon={copied ? 'check' : 'copy'}
        label={copied ? t('copied') : (label ?? t('copy'))}
        onBlur={() => setCopied(false)}
        onClick={() => {
          host.copy(copy)
          setCopied(true)
        }}
      />
    </span>
  )
}
