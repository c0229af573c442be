import type { Host } from '../host.ts'
import { type Mounted, mountPanel } from '../ui/panel-root.tsx'
import { PackageView } from './package-view.tsx'

/** "Package as module" for a notebook, script or folder (absolute path). Unsaved edits are kept in `host.state`. */
export function mountPackage(element: HTMLElement, props: { host: Host; path: string }): Mounted {
  return mountPanel(element, props.host, <PackageView path={props.path} />)
}
