import type { Host } from '@secxops/panels/host'
import type { TextDocument } from '@secxops/panels/text-document/text-document'
import type { SharedText, Shown } from '../webviews/contract.ts'
import { MirrorText } from './mirror-text.ts'
import { startPage } from './start-page.ts'

/** Starts the page of a form over a text file. */
export function startTextPage(
  mount: (element: HTMLElement, parts: { host: Host; document: TextDocument }) => { dispose(): void },
): void {
  void startPage(
    (shown: Shown): shown is { text: SharedText } => 'text' in shown,
    (element, { host, peer, shown }) => {
      const document = new MirrorText(peer, shown.text)
      const { dispose } = mount(element, { host, document })
      return { dispose, text: (told) => document.changed(told) }
    },
  )
}
