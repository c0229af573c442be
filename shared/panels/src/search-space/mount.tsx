import type { Host } from '../host.ts'
import type { TextDocument } from '../text-document/text-document.ts'
import { type Mounted, mountPanel } from '../ui/panel-root.tsx'
import { SpaceView } from './space-view.tsx'

/** Shows a search space (JSON or YAML) as form and text. */
export function mountSearchSpace(
  element: HTMLElement,
  { host, document }: { host: Host; document: TextDocument },
): Mounted {
  return mountPanel(element, host, <SpaceView document={document} />)
}
