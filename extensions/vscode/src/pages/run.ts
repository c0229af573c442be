import { mountRun } from '@secxops/panels/run/mount.tsx'
import { startView } from './view-page.ts'

startView('run', (element, host, { runId, nodeId, part }) => mountRun(element, { host, runId, nodeId, part }))
