import type { BasePart, Host } from '../../host.ts'
import { type Mounted, mountPanel } from '../../ui/panel-root.tsx'
import { BaseView } from './base-view.tsx'

/** Shows a reference base (address {@link import('../../host.ts').ViewAddress} `base`) in an element of the editor. */
export function mountBase(
  element: HTMLElement,
  { host, ...props }: { host: Host; name: string; part?: BasePart; node?: number; file?: string },
): Mounted {
  return mountPanel(element, host, <BaseView {...props} />)
}
