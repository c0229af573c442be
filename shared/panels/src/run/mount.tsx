import type { Host } from '../host.ts'
import { type Mounted, mountPanel } from '../ui/panel-root.tsx'
import { RunView } from './run-view.tsx'

/** Shows a run (address {@link import('../host.ts').ViewAddress} `run`) in an element of the editor. */
export function mountRun(
  element: HTMLElement,
  { host, ...props }: { host: Host; runId: string; nodeId?: string; part?: 'log' },
): Mounted {
  return mountPanel(element, host, <RunView {...props} />)
}
