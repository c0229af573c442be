import type { TextChange } from '@secxops/protocol/text-change'
import {
  type CustomTextEditorProvider,
  Disposable,
  l10n,
  type TextDocument,
  type WebviewPanel,
  workspace,
} from 'vscode'
import type { Core } from '../core.ts'
import { linkBase } from '../views.ts'
import { restrictedWords } from '../vscode/trust.ts'
import type { SharedText } from '../webviews/contract.ts'
import { PageBridge } from '../webviews/page-bridge.ts'
import { type PageName, pageHtml, pageRoot } from '../webviews/page-html.ts'
import { documentBuffer } from '../workflow-editor/document-buffer.ts'
import { showText } from '../workflow-editor/show-text.ts'

/** Forms over text files: the page reads and writes the text itself, the document stays the editor's. */
export class TextEditors implements CustomTextEditorProvider {
  readonly #core: Core
  readonly #page: PageName
  readonly #draws = new Set<() => void>()

  constructor(core: Core, page: PageName) {
    this.#core = core
    this.#page = page
  }

  async resolveCustomTextEditor(document: TextDocument, panel: WebviewPanel): Promise<void> {
    const { extensionUri } = this.#core.context
    const host = await this.#core.host()
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extensionUri)] }
    const buffer = documentBuffer(document, {
      conflict: () => false,
      activate: () => panel.active || panel.reveal(panel.viewColumn),
    })
    const shared = (): SharedText => ({
      path: buffer.path,
      text: buffer.text(),
      dirty: buffer.dirty(),
      conflict: false,
      version: document.version,
    })
    const bridge = new PageBridge({
      post: (message) => void panel.webview.postMessage(message),
      host,
      client: host.client,
      restricted: restrictedWords,
      links: linkBase,
      shown: () => ({ text: shared() }),
      document: {
        replace: async (change: TextChange, version: number) => version === document.version && buffer.replace(change),
        undo: () => void buffer.undo(),
        redo: () => void buffer.redo(),
        async save() {
          if (!(await buffer.save())) throw new Error(l10n.t('{0} was not saved.', buffer.path))
        },
        openText: (line) => void showText(document, line),
      },
    })
    const tell = (changed: TextDocument): void => {
      if (changed === document) bridge.text(shared())
    }
    const draw = (): void => {
      panel.webview.html = pageHtml(panel.webview, extensionUri, this.#page)
    }
    const follow = Disposable.from(
      panel.webview.onDidReceiveMessage((message) => bridge.receive(message)),
      workspace.onDidChangeTextDocument((change) => tell(change.document)),
      workspace.onDidSaveTextDocument(tell),
    )
    panel.onDidDispose(() => {
      follow.dispose()
      bridge.unload()
      this.#draws.delete(draw)
    })
    this.#draws.add(draw)
    draw()
  }

  /** Loads all pages anew, e.g. after the folder was trusted. */
  reload(): void {
    for (const draw of this.#draws) draw()
  }
}
