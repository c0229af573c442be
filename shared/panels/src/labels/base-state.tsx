import type { BaseState } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { LABELS } from './text.ts'

const LOOKS: Record<BaseState['state'], { icon: IconName; state: string }> = {
  empty: { icon: 'pending', state: 'pending' },
  ready: { icon: 'succeeded', state: 'succeeded' },
  working: { icon: 'running', state: 'running' },
  failed: { icon: 'failed', state: 'failed' },
}

/** Whether a base answers, by icon, word and colour. */
export function BaseStateBadge({ state }: { state: BaseState }): ReactNode {
  const t = useText(LABELS)
  const { icon, state: look } = LOOKS[state.state]
  return (
    <span className={`sx-state sx-state-${look}`}>
      <Icon name={icon} />
      <span>{t(state.state === 'failed' && state.answers ? 'failedAnswers' : state.state)}</span>
    </span>
  )
}
