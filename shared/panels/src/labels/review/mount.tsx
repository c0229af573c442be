import type { Host } from '../../host.ts'
import { type Mounted, mountPanel } from '../../ui/panel-root.tsx'
import { ReviewView } from './review-view.tsx'

/** Shows the texts of a labelled file (address {@link import('../../host.ts').ViewAddress} `review`), to be decided. */
export function mountReview(element: HTMLElement, { host, ...props }: { host: Host; jobId: string }): Mounted {
  return mountPanel(element, host, <ReviewView {...props} />)
}
