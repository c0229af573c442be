import { mountSearchSpace } from '@secxops/panels/search-space/mount.tsx'
import { startTextPage } from './text-page.ts'

startTextPage(mountSearchSpace)
