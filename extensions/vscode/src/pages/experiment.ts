import { mountExperiment } from '@secxops/panels/experiment/mount.tsx'
import { startView } from './view-page.ts'

startView('experiment', (element, host, { view: _, ...props }) => mountExperiment(element, { host, ...props }))
