import type { Host } from '../host.ts'
import { type Mounted, mountPanel } from '../ui/panel-root.tsx'
import { ExperimentView } from './experiment-view.tsx'
import type { ExperimentPart } from './parts.ts'

/** Shows an experiment in an element of the editor; `trial`: the one that is shown at first. */
export function mountExperiment(
  element: HTMLElement,
  { host, ...props }: { host: Host; id: string; part?: ExperimentPart; trial?: number },
): Mounted {
  return mountPanel(element, host, <ExperimentView {...props} />)
}
