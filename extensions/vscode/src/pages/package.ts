import { mountPackage } from '@secxops/panels/package/mount.tsx'
import { startView } from './view-page.ts'

startView('package', (element, host, { path }) => mountPackage(element, { host, path }))
