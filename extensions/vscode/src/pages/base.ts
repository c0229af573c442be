import { mountBase } from '@secxops/panels/labels/base/mount.tsx'
import { startView } from './view-page.ts'

startView('base', (element, host, { name, part, node }) => mountBase(element, { host, name, part, node }))
