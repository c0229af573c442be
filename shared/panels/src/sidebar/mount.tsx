import type { Host } from '../host.ts'
import { type Mounted, mountPanel } from '../ui/panel-root.tsx'
import { SidebarView } from './sidebar-view.tsx'
import type { FileList } from './use-files.ts'

/**
 * Shows the side bar. `workflows`, `modules`: list such files of the workspace (without them only workflows with runs and
 * saved modules are known); `newWorkflow`: makes and opens a workflow file (without it the button is absent).
 */
export function mountSidebar(
  element: HTMLElement,
  { host, ...props }: { host: Host; workflows?: FileList; modules?: FileList; newWorkflow?: () => void },
): Mounted {
  return mountPanel(element, host, <SidebarView {...props} />)
}
