import { withLiveImports } from '@secxops/client/live-imports'
import type { ViewAddress } from '@secxops/panels/host'
import { isExact, parseAddress, viewKey } from '@secxops/panels/view/address'
import { knownTitle } from '@secxops/panels/view/known-title'
import { Disposable, l10n, ViewColumn, type WebviewPanel, window } from 'vscode'
import type { Core, EditorHost } from '../core.ts'
import { linkBase } from '../views.ts'
import { restrictedWords } from '../vscode/trust.ts'
import { PageBridge } from './page-bridge.ts'
import { pageHtml, pageRoot } from './page-html.ts'
import { viewIcon, viewTitle } from './view-title.ts'
import { VIEW_TYPE } from './view-type.ts'

interface Open {
  panel: WebviewPanel
  bridge: PageBridge
  address: ViewAddress
  /** Leaves the panel to another view. */
  leave(): void
}

/**
 * The views of the backend that are open in this window: each once. One of them may be a preview: the next preview takes its place, until
 * it is opened again or something is typed into it.
 */
export class ViewPanels {
  readonly #core: Core
  readonly #open = new Map<string, Open>()
  #preview: Open | undefined

  constructor(core: Core) {
    this.#core = core
  }

  /** Opens a view, or reveals it where it is open and leads it to the version or node that is named. */
  async open(address: ViewAddress, preview = false): Promise<void> {
    const host = await this.#core.host()
    const open = this.#open.get(viewKey(address))
    if (open) {
      // Asked for twice, it is more than looked at.
      this.#keep(open)
      this.#reveal(open)
      // The open view may have been led to another version or node since.
      if (!isExact(address)) return
      open.address = address
      open.bridge.lead(address)
      return
    }
    const before = preview ? this.#preview : undefined
    before?.leave()
    const options = { localResourceRoots: [pageRoot(this.#core.context.extensionUri)] }
    const panel = before?.panel ?? window.createWebviewPanel(VIEW_TYPE, '', ViewColumn.Active, options)
    const shown = this.#show(host, panel, address)
    if (preview) this.#preview = shown
    if (before) this.#reveal(shown)
  }

  /** Fills a view that the editor restored after a reload; one whose state is not understood is closed. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const stored = typeof state === 'object' && state !== null && 'address' in state ? state.address : undefined
    const address = parseAddress((stored ?? {}) as Record<string, unknown>)
    const host = await this.#core.host()
    if (address && !this.#open.has(viewKey(address))) this.#show(host, panel, address)
    else panel.dispose()
  }

  /** Loads all pages anew, e.g. after the folder was trusted; their states are kept. */
  reload(): void {
    for (const open of this.#open.values()) this.#draw(open)
  }

  #draw({ panel, address }: Open): void {
    panel.webview.html = pageHtml(panel.webview, this.#core.context.extensionUri, address.view)
  }

  /** Brings a view to the front where it is: without a column it would move to the active one. */
  #reveal({ panel }: Open): void {
    panel.reveal(panel.viewColumn)
  }

  #keep(open: Open): void {
    if (this.#preview === open) this.#preview = undefined
  }

  #show(host: EditorHost, panel: WebviewPanel, address: ViewAddress): Open {
    const { context } = this.#core
    const key = viewKey(address)
    panel.title = viewTitle(address)
    panel.iconPath = viewIcon(context.extensionUri, address)
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(context.extensionUri)] }
    const bridge = new PageBridge({
      post: (message) => void panel.webview.postMessage(message),
      host,
      client:
        address.view === 'package'
          ? withLiveImports(host.client, async (modules) => {
              const { askEditor } = await import('./live-imports.ts')
              return askEditor(address.path, modules)
            })
          : host.client,
      restricted: restrictedWords,
      links: linkBase,
      shown: () => ({ address: open.address }),
      edited: () => this.#keep(open),
    })
    const leave = (): void => {
      bridge.unload()
      subscriptions.dispose()
      this.#keep(open)
      this.#open.delete(key)
    }
    const open: Open = { panel, bridge, address, leave }
    this.#open.set(key, open)
    // Before the document: the page speaks as soon as it is there.
    const subscriptions = Disposable.from(
      panel.webview.onDidReceiveMessage((message) => bridge.receive(message)),
      // A hidden page is thrown away; its state is kept by the editor.
      panel.onDidChangeViewState(() => panel.visible || bridge.unload()),
      panel.onDidDispose(leave),
    )
    this.#draw(open)
    void knownTitle(host.client, address, (file) => l10n.t('Labels of {0}', file)).then((title) => {
      if (title !== undefined && this.#open.get(key) === open) panel.title = title
    })
    return open
  }
}
