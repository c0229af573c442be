import type { LabelTask } from '@secxops/panels/labels/label/task'
import { commands, Disposable, type WebviewView } from 'vscode'
import type { Core } from '../core.ts'
import { linkBase } from '../views.ts'
import { restrictedWords } from '../vscode/trust.ts'
import { PageBridge } from '../webviews/page-bridge.ts'
import { pageHtml, pageRoot } from '../webviews/page-html.ts'
import { LABEL_VIEW } from './register.ts'

/** "Label this text" in the panel area: one view, which takes one text after the other. */
export class LabelView {
  readonly #core: Core
  #task: LabelTask = {}
  #bridge: PageBridge | undefined

  constructor(core: Core) {
    this.#core = core
  }

  /** Gives the view a text and the keyboard. */
  async show(task: LabelTask): Promise<void> {
    this.#task = task
    this.#bridge?.label(task)
    await commands.executeCommand(`${LABEL_VIEW}.focus`)
  }

  async resolve(view: WebviewView): Promise<void> {
    const host = await this.#core.host()
    const { extensionUri } = this.#core.context
    view.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extensionUri)] }
    const bridge = new PageBridge({
      post: (message) => void view.webview.postMessage(message),
      host,
      client: host.client,
      restricted: restrictedWords,
      links: linkBase,
      shown: () => ({ task: this.#task }),
      leave: () => void commands.executeCommand('workbench.action.focusActiveEditorGroup'),
    })
    this.#bridge = bridge
    const subscriptions = Disposable.from(
      view.webview.onDidReceiveMessage((message) => bridge.receive(message)),
      view.onDidDispose(() => {
        bridge.unload()
        subscriptions.dispose()
        if (this.#bridge === bridge) this.#bridge = undefined
      }),
    )
    view.webview.html = pageHtml(view.webview, extensionUri, 'label')
  }
}
