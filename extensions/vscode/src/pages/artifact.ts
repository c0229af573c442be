import { mountArtifact } from '@secxops/panels/artifact/mount.tsx'
import { startView } from './view-page.ts'

startView('artifact', (element, host, { kind, name, version }) => mountArtifact(element, { host, kind, name, version }))
