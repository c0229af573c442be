import type { Dropped } from '@secxops/panels/host'
import { type CustomTextEditorProvider, type TextDocument, Uri, type WebviewPanel } from 'vscode'
import type { Core } from '../core.ts'
import type { PageBridge } from '../webviews/page-bridge.ts'
import { pageHtml, pageRoot } from '../webviews/page-html.ts'
import type { OpenWorkflow } from './open-workflow.ts'

/** The canvases of this window: a file has one model, however many canvases show it. */
export class WorkflowEditors implements CustomTextEditorProvider {
  readonly #core: Core
  readonly #open = new Map<string, OpenWorkflow>()

  constructor(core: Core) {
    this.#core = core
  }

  async resolveCustomTextEditor(document: TextDocument, panel: WebviewPanel): Promise<void> {
    const { context } = this.#core
    let bridge: PageBridge | undefined
    let gone = false
    // The page loads while the document is read; what it says before that is kept.
    const early: unknown[] = []
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(context.extensionUri)] }
    panel.webview.onDidReceiveMessage((message) => (bridge ? bridge.receive(message) : early.push(message)))
    panel.onDidDispose(() => {
      gone = true
    })
    this.#draw(panel)
    const [host, { OpenWorkflow }] = await Promise.all([this.#core.host(), import('./open-workflow.ts')])
    const key = document.uri.toString()
    const workflow = this.#open.get(key) ?? new OpenWorkflow(document, host)
    this.#open.set(key, workflow)
    const leave = (): void => {
      if (!workflow.unused) return
      this.#open.delete(key)
      void workflow.dispose()
    }
    await workflow.ready()
    if (gone) return leave()
    bridge = workflow.connect(panel)
    panel.onDidDispose(leave)
    for (const message of early) bridge.receive(message)
  }

  /** Loads all canvases anew, e.g. after the folder was trusted. */
  reload(): void {
    for (const workflow of this.#open.values()) for (const panel of workflow.panels()) this.#draw(panel)
  }

  #draw(panel: WebviewPanel): void {
    panel.webview.html = pageHtml(panel.webview, this.#core.context.extensionUri, 'canvas')
  }

  /** The canvas in front, or the one that shows a file. */
  find(path?: string): OpenWorkflow | undefined {
    const all = [...this.#open.values()]
    if (path !== undefined) return all.find(({ document }) => document.uri.fsPath === Uri.file(path).fsPath)
    return all.find(({ panel }) => panel?.active) ?? all.find(({ panel }) => panel?.visible)
  }

  /** Takes something into the canvas of {@link find}; false when there is none, or it cannot take anything now. */
  async add(item: Dropped, path?: string): Promise<boolean> {
    const workflow = this.find(path)
    if (!workflow?.bridge) return false
    workflow.reveal()
    return workflow.bridge.add(item)
  }
}
