import { mountModule } from '@secxops/panels/artifact/mount.tsx'
import { startView } from './view-page.ts'

startView('module', (element, host, { name, version }) => mountModule(element, { host, name, version }))
