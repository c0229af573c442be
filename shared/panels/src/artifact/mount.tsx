import type { Host } from '../host.ts'
import { type Mounted, mountPanel } from '../ui/panel-root.tsx'
import { ArtifactView } from './artifact-view.tsx'
import { ModuleView } from './module-view.tsx'

/** Shows a version of a dataset, model or code artifact; the newest without `version`. */
export function mountArtifact(
  element: HTMLElement,
  props: { host: Host; kind: 'dataset' | 'model' | 'code'; name: string; version?: number },
): Mounted {
  const { host, ...address } = props
  return mountPanel(element, host, <ArtifactView {...address} />)
}

/** Shows a saved module; the newest version without `version`. */
export function mountModule(element: HTMLElement, props: { host: Host; name: string; version?: string }): Mounted {
  const { host, ...address } = props
  return mountPanel(element, host, <ModuleView {...address} />)
}
