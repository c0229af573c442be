import { withLiveImports } from '@secxops/client/live-imports'
import type { ViewAddress } from '@secxops/panels/host'
import { isExact, parseAddress, viewKey } from '@secxops/panels/view/address'
import { ViewColumn, type WebviewPanel, window } from 'vscode'
import type { Core } from '../core.ts'
import { linkBase } from '../views.ts'
import { restrictedWords } from '../vscode/trust.ts'
import { PageBridge } from './page-bridge.ts'
import { pageHtml, pageRoot } from './page-html.ts'
import { runTitle } from './run-title.ts'
import { viewIcon, viewTitle } from './view-title.ts'
import { VIEW_TYPE } from './view-type.ts'

interface Open {
  panel: WebviewPanel
  bridge: PageBridge
  address: ViewAddress
}

/** The views of the backend that are open in this window: each once. */
export class ViewPanels {
  readonly #core: Core
  readonly #open = new Map<string, Open>()

  constructor(core: Core) {
    this.#core = core
  }

  /** Opens a view, or reveals it where it is open and leads it to the version or node that is named. */
  async open(address: ViewAddress): Promise<void> {
    const open = this.#open.get(viewKey(address))
    if (!open) {
      const options = { localResourceRoots: [pageRoot(this.#core.context.extensionUri)] }
      const panel = window.createWebviewPanel(VIEW_TYPE, '', ViewColumn.Active, options)
      await this.#show(panel, address)
      return
    }
    open.panel.reveal(open.panel.viewColumn)
    // The open view may have been led to another version or node since.
    if (!isExact(address)) return
    open.address = address
    open.bridge.lead(address)
  }

  /** Fills a view that the editor restored after a reload; one whose state is not understood is closed. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const stored = typeof state === 'object' && state !== null && 'address' in state ? state.address : undefined
    const address = parseAddress((stored ?? {}) as Record<string, unknown>)
    if (address && !this.#open.has(viewKey(address))) await this.#show(panel, address)
    else panel.dispose()
  }

  /** Loads all pages anew, e.g. after the folder was trusted; their states are kept. */
  reload(): void {
    for (const open of this.#open.values()) this.#draw(open)
  }

  #draw({ panel, address }: Open): void {
    panel.webview.html = pageHtml(panel.webview, this.#core.context.extensionUri, address.view)
  }

  async #show(panel: WebviewPanel, address: ViewAddress): Promise<void> {
    const { context } = this.#core
    const host = await this.#core.host()
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
    })
    const open: Open = { panel, bridge, address }
    this.#open.set(key, open)
    // Before the document: the page speaks as soon as it is there.
    panel.webview.onDidReceiveMessage((message) => bridge.receive(message))
    // A hidden page is thrown away; its state is kept by the editor.
    panel.onDidChangeViewState(() => panel.visible || bridge.unload())
    panel.onDidDispose(() => {
      bridge.unload()
      this.#open.delete(key)
    })
    this.#draw(open)
    if (address.view === 'run') void this.#nameRun(open, address.runId)
  }

  /** Names the tab after the run's workflow and time; a run that cannot be read keeps the tab as it is, and the page says why. */
  async #nameRun(open: Open, runId: string): Promise<void> {
    const { client } = await this.#core.host()
    const run = await client.call('runs.get', { params: { id: runId } }).catch(() => undefined)
    if (run && this.#open.get(viewKey(open.address)) === open) open.panel.title = runTitle(run, Date.now())
  }
}
