import type { Host } from '../host.ts'
import type { TextDocument } from '../text-document/text-document.ts'
import { type Mounted, mountPanel } from '../ui/panel-root.tsx'
import { ExperimentEditor } from './experiment-editor.tsx'

/** Shows an experiment's file as form and text. */
export function mountExperimentEditor(
  element: HTMLElement,
  { host, document }: { host: Host; document: TextDocument },
): Mounted {
  return mountPanel(element, host, <ExperimentEditor document={document} />)
}
