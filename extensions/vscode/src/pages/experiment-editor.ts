import { mountExperimentEditor } from '@secxops/panels/experiment-editor/mount.tsx'
import { startTextPage } from './text-page.ts'

startTextPage(mountExperimentEditor)
