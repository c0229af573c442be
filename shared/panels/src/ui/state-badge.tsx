import type { ExperimentState, TrialState } from '@secxops/protocol/experiments'
import type { NodeState, RunState } from '@secxops/protocol/run'
import type { ReactNode } from 'react'
import { COMMON } from '../i18n/common.ts'
import { useText } from '../i18n/text.ts'
import { Icon, type IconName } from './icon.tsx'

export type AnyState = NodeState | RunState | ExperimentState | TrialState

const ICONS: Record<AnyState, IconName> = {
  pending: 'pending',
  ready: 'ready',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  cancelling: 'cancelled',
  blocked: 'blocked',
  preparing: 'ready',
  stopping: 'cancelled',
  stopped: 'cancelled',
  done: 'succeeded',
  waiting: 'pending',
  'stopped-early': 'stop',
  skipped: 'cancelled',
}

export const stateIcon = (state: AnyState): IconName => ICONS[state]

/** State by icon, word and colour. `iconOnly` keeps the word for screen readers and the tooltip. */
export function StateBadge({ state, iconOnly }: { state: AnyState; iconOnly?: boolean }): ReactNode {
  const t = useText(COMMON)
  return (
    <span className={`sx-state sx-state-${state}`} title={iconOnly ? t(state) : undefined}>
      {iconOnly ? <Icon name={ICONS[state]} label={t(state)} /> : <Icon name={ICONS[state]} />}
      {!iconOnly && <span>{t(state)}</span>}
    </span>
  )
}
