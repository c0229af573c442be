import '../../view/view.css'
import '../labels.css'
import '../label/label.css'
import './review.css'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { ConnectionBanner } from '../../ui/connection-banner.tsx'
import { useHost } from '../../ui/host-context.ts'
import { CopyLink } from '../../view/copy-link.tsx'
import { Loaded } from '../../view/loaded.tsx'
import { JobLine } from '../jobs/job-line.tsx'
import { useJob } from '../jobs/use-jobs.ts'
import { Queue } from './queue.tsx'
import { ReviewKeys } from './review-keys.tsx'
import { SaveForm } from './save-form.tsx'
import { REVIEW } from './text.ts'

/** The texts of a labelled file, to be decided. */
export function ReviewView({ jobId }: { jobId: string }): ReactNode {
  const host = useHost()
  const t = useText(REVIEW)
  const query = useJob(jobId)
  const [saving, setSaving] = useState(false)
  return (
    <div className="sx-view sx-review">
      <ConnectionBanner />
      <Loaded query={query} rows={14}>
        {(job) => (
          <>
            <header className="sx-review-head">
              <JobLine
                job={job}
                aside={
                  <>
                    <CopyLink address={{ view: 'review', jobId }} />
                    <Button icon="tag" onClick={() => host.openView({ view: 'base', name: job.base })}>
                      {t('openBase', { name: job.base })}
                    </Button>
                    <Button icon="save" aria-expanded={saving} onClick={() => setSaving(!saving)}>
                      {t('save')}
                    </Button>
                  </>
                }
              />
              {saving && <SaveForm job={job} onClose={() => setSaving(false)} />}
            </header>
            <Queue job={job} />
            <ReviewKeys />
          </>
        )}
      </Loaded>
    </div>
  )
}
