import type { BaseDetail } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { CopyLink } from '../../view/copy-link.tsx'
import { BaseStateBadge } from '../base-state.tsx'
import { LABELS } from '../text.ts'

/** Name, state and size of a base, and what can be done with it. */
export function BaseHeader({ base, children }: { base: BaseDetail; children?: ReactNode }): ReactNode {
  const labels = useText(LABELS)
  return (
    <header>
      <div className="sx-view-head">
        <Icon name="tag" label={labels('base')} />
        <h1>{base.name}</h1>
        <BaseStateBadge state={base.state} />
        <span className="sx-dim">
          {labels('referenceCount', { n: base.references })} · {labels('leafCount', { n: base.leaves })}
        </span>
        <span className="sx-view-space" />
        <div className="sx-actions">
          <CopyLink address={{ view: 'base', name: base.name }} />
          {children}
        </div>
      </div>
    </header>
  )
}
