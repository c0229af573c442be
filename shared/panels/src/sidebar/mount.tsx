import type { Host } from '../host.ts'
import { type Mounted, mountPanel } from '../ui/panel-root.tsx'
import { SidebarView } from './sidebar-view.tsx'
import type { WorkflowList } from './use-workflows.ts'

/**
 * Shows the side bar. `workflows`: lists the workflow files of the workspace (without it only those with runs are known);
 * `newWorkflow`: makes and opens a workflow file (without it the button is absent).
 */
export function mountSidebar(
  element: HTMLElement,
  props: { host: Host; workflows?: WorkflowList; newWorkflow?: () => void },
): Mounted {
  return mountPanel(element, props.host, <SidebarView workflows={props.workflows} newWorkflow={props.newWorkflow} />)
}
