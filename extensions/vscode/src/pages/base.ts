import { mountBase } from '@secxops/panels/labels/base/mount.tsx'
import { startView } from './view-page.ts'

startView('base', (element, host, { view: _, ...props }) => mountBase(element, { host, ...props }))
