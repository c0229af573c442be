import '../../view/view.css'
import '../labels.css'
import './base.css'
import type { BaseDetail } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import type { BasePart } from '../../host.ts'
import { ConnectionBanner } from '../../ui/connection-banner.tsx'
import { useQuery } from '../../ui/use-client.ts'
import { Loaded } from '../../view/loaded.tsx'
import { About } from './about.tsx'
import { BaseHeader } from './base-header.tsx'

/** A reference base: what it is and does, and its parts. */
export function BaseView({ name }: { name: string; part?: BasePart; node?: number }): ReactNode {
  const query = useQuery(
    'labels.bases.get',
    { params: { base: name } },
    (event) => event.type === 'labels' && event.base === name,
  )
  return (
    <div className="sx-view sx-base">
      <ConnectionBanner />
      <Loaded query={query} rows={10}>
        {(base: BaseDetail) => (
          <>
            <BaseHeader base={base} />
            <div className="sx-view-body">
              <About base={base} />
            </div>
          </>
        )}
      </Loaded>
    </div>
  )
}
