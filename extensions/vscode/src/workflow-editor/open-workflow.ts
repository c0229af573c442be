import { errorBody } from '@secxops/panels/ui/error-body'
import {
  Disposable,
  l10n,
  RelativePattern,
  type TextDocument,
  TextDocumentChangeReason,
  Uri,
  type WebviewPanel,
  workspace,
} from 'vscode'
import type { EditorHost } from '../core.ts'
import { moduleFiles } from '../trees/workspace-files.ts'
import { linkBase } from '../views.ts'
import { restrictedWords } from '../vscode/trust.ts'
import { PageBridge } from '../webviews/page-bridge.ts'
import { documentBuffer } from './document-buffer.ts'
import { documentChange } from './document-change.ts'
import { LayoutKeeper } from './layout-keeper.ts'
import { layoutStore } from './layout-store.ts'
import { layoutUri } from './layout-uri.ts'
import { showText } from './show-text.ts'
import { WorkflowModel } from './workflow-model.ts'

/** A workflow file that is open on one canvas or more: its model, its layout and what is told about the file by the editor. */
export class OpenWorkflow {
  readonly document: TextDocument
  readonly model: WorkflowModel
  readonly #host: EditorHost
  readonly #layout: LayoutKeeper
  readonly #panels: { panel: WebviewPanel; bridge: PageBridge }[] = []
  readonly #subscriptions: Disposable
  #conflict = false
  /** What is on disk as far as it came from here. */
  #saved: string | undefined

  constructor(document: TextDocument, host: EditorHost) {
    this.document = document
    this.#host = host
    if (!document.isDirty) this.#saved = document.getText()
    const buffer = documentBuffer(document, {
      conflict: () => this.#conflict,
      activate: () => this.reveal(),
    })
    this.model = new WorkflowModel(buffer, {
      unnamedStep: l10n.t('Edit text'),
      layoutChanged: () => this.#layout.changed(),
    })
    this.#layout = new LayoutKeeper(layoutStore(document.uri), () => this.model.layout)
    this.#subscriptions = Disposable.from(...this.#follow())
  }

  /** The canvas that was used last. */
  get panel(): WebviewPanel | undefined {
    return (this.#panels.find(({ panel }) => panel.active) ?? this.#panels.at(-1))?.panel
  }

  panels(): WebviewPanel[] {
    return this.#panels.map(({ panel }) => panel)
  }

  /** Brings the canvas that was used last to the front, where it is: without a column it would move to the active one. */
  reveal(): void {
    const { panel } = this
    if (panel && !panel.active) panel.reveal(panel.viewColumn)
  }

  get bridge(): PageBridge | undefined {
    return this.#panels.find(({ panel }) => panel === this.panel)?.bridge
  }

  /** Reads the layout, so that the first picture has it. */
  async ready(): Promise<void> {
    const layout = await this.#layout.read()
    if (layout) this.model.loadLayout(layout)
  }

  /** Makes the line to one more canvas of the file. */
  connect(panel: WebviewPanel): PageBridge {
    let told = this.model.state()
    const bridge = new PageBridge({
      post: (message) => void panel.webview.postMessage(message),
      host: this.#host,
      client: this.#host.client,
      restricted: restrictedWords,
      links: linkBase,
      shown: () => {
        told = this.model.state()
        return { document: told }
      },
      document: {
        edit: (edits, label) => this.#told(this.model.edit(edits, label)),
        undo: () => void this.#told(this.model.undo()),
        redo: () => void this.#told(this.model.redo()),
        save: () => this.#told(this.model.save()),
        openText: (line) => void showText(this.document, line),
      },
      modules: moduleFiles,
    })
    const stop = this.model.subscribe(() => {
      const now = this.model.state()
      const change = documentChange(told, now)
      told = now
      if (change) bridge.changed(change)
    })
    this.#panels.push({ panel, bridge })
    panel.onDidDispose(() => {
      stop()
      bridge.unload()
      this.#panels.splice(
        this.#panels.findIndex((one) => one.panel === panel),
        1,
      )
    })
    return bridge
  }

  get unused(): boolean {
    return this.#panels.length === 0
  }

  async dispose(): Promise<void> {
    this.#subscriptions.dispose()
    await this.#layout.flush()
  }

  #follow(): Disposable[] {
    const { document } = this
    const folder = Uri.joinPath(document.uri, '..')
    const base = (uri: Uri): string => uri.path.replace(/.*\//, '')
    const file = workspace.createFileSystemWatcher(new RelativePattern(folder, base(document.uri)))
    const places = workspace.createFileSystemWatcher(new RelativePattern(folder, base(layoutUri(document.uri))))
    const readPlaces = (): void => void this.ready()
    return [
      file,
      places,
      file.onDidChange(() => void this.#changedOnDisk()),
      places.onDidChange(readPlaces),
      places.onDidCreate(readPlaces),
      workspace.onDidChangeTextDocument((change) => {
        if (change.document !== document) return
        const { reason } = change
        this.model.textChanged(
          reason === TextDocumentChangeReason.Undo
            ? 'undo'
            : reason === TextDocumentChangeReason.Redo
              ? 'redo'
              : undefined,
        )
        if (!document.isDirty) this.#settle()
      }),
      workspace.onDidSaveTextDocument((saved) => {
        if (saved !== document) return
        this.#settle()
        void this.#layout.flush()
      }),
    ]
  }

  /** The file and the text are the same again. */
  #settle(): void {
    this.#saved = this.document.getText()
    this.#conflict = false
    this.model.settled()
  }

  /** The editor reads a changed file again by itself, unless there are unsaved changes: then the user decides when saving. */
  async #changedOnDisk(): Promise<void> {
    if (!this.document.isDirty) return
    const text = await workspace.fs.readFile(this.document.uri).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => undefined,
    )
    const conflict = text !== undefined && this.document.isDirty && text !== this.#saved
    if (conflict === this.#conflict) return
    this.#conflict = conflict
    this.model.settled()
  }

  /** A refusal is told to the user; the canvas then shows what is. */
  async #told(work: Promise<void>): Promise<void> {
    try {
      await work
    } catch (error) {
      const { message, next } = errorBody(error)
      this.#host.notify('error', message, next)
      throw error
    }
  }
}
