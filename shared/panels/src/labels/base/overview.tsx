import type { BaseDetail } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { Banner } from '../../ui/feedback.tsx'
import { useHost } from '../../ui/host-context.ts'
import type { Query } from '../../ui/use-client.ts'
import { Loaded } from '../../view/loaded.tsx'
import { Section } from '../../view/section.tsx'
import { JobLine } from '../jobs/job-line.tsx'
import { JOBS } from '../jobs/text.ts'
import { isActive } from '../jobs/use-jobs.ts'
import { About } from './about.tsx'
import { BASE } from './text.ts'

/** How the base answers, and what was done with it. */
export function Overview({ base, jobs }: { base: BaseDetail; jobs: Query<'labels.jobs.list'> }): ReactNode {
  const host = useHost()
  const t = useText(BASE)
  const work = useText(JOBS)
  return (
    <div className="sx-view-body">
      {base.state.state === 'empty' && <Banner level="info">{t('emptyBase')}</Banner>}
      <About base={base} />
      <Section
        title={t('work')}
        aside={base.waiting > 0 && <span className="sx-dim">{t('waiting', { n: base.waiting })}</span>}
      >
        <Loaded query={jobs} rows={3}>
          {(list) => {
            const ended = list.filter((job) => !isActive(job))
            if (list.length === 0) return <p className="sx-dim">{t('noWork')}</p>
            return ended.map((job) => (
              <JobLine
                key={job.id}
                job={job}
                aside={
                  job.kind === 'label' && (
                    <Button onClick={() => host.openView({ view: 'review', jobId: job.id })}>{work('review')}</Button>
                  )
                }
              />
            ))
          }}
        </Loaded>
      </Section>
    </div>
  )
}
