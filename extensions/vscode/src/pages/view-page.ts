import type { Host, ViewAddress } from '@secxops/panels/host'
import type { Shown } from '../webviews/contract.ts'
import { startPage } from './start-page.ts'

type Address<V extends ViewAddress['view']> = Extract<ViewAddress, { view: V }>

/** Starts the page of one kind of view; `mount` shows it, again whenever it is asked for with another address. */
export function startView<V extends ViewAddress['view']>(
  view: V,
  mount: (element: HTMLElement, host: Host, address: Address<V>) => { dispose(): void },
): void {
  const mine = (address: ViewAddress): address is Address<V> => address.view === view
  void startPage(
    (shown: Shown): shown is { address: Address<V> } => 'address' in shown && mine(shown.address),
    (element, { host, shown }) => {
      let box = document.createElement('div')
      let mounted = place(shown.address)
      return {
        dispose: () => mounted.dispose(),
        focus: () => box.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true }),
        address(address) {
          if (!mine(address)) return
          mounted.dispose()
          mounted = place(address)
        },
      }

      function place(address: Address<V>): { dispose(): void } {
        box = document.createElement('div')
        box.className = 'secxops-view'
        element.replaceChildren(box)
        return mount(box, host, address)
      }
    },
  )
}

const FOCUSABLE = 'button:not(:disabled), input, select, textarea, a[href], [tabindex="0"]'
