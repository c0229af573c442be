import '../../view/view.css'
import '../labels.css'
import './review.css'
import type { LabelJob } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { ConnectionBanner } from '../../ui/connection-banner.tsx'
import { Loaded } from '../../view/loaded.tsx'
import { JobLine } from '../jobs/job-line.tsx'
import { useJob } from '../jobs/use-jobs.ts'

/** The texts of a labelled file, to be decided. */
export function ReviewView({ jobId }: { jobId: string }): ReactNode {
  const query = useJob(jobId)
  return (
    <div className="sx-view sx-review">
      <ConnectionBanner />
      <Loaded query={query} rows={12}>
        {(job: LabelJob) => <JobLine job={job} />}
      </Loaded>
    </div>
  )
}
