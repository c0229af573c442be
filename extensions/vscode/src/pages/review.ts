import { mountReview } from '@secxops/panels/labels/review/mount.tsx'
import { startView } from './view-page.ts'

startView('review', (element, host, { jobId }) => mountReview(element, { host, jobId }))
