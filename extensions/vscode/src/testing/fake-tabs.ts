import type { FakeDocument } from './fake-document.ts'
import {
  EventEmitter,
  type Range,
  Selection,
  TabInputCustom,
  TabInputText,
  TabInputWebview,
  type Uri,
  ViewColumn,
} from './fake-values.ts'
import { FakeWebview } from './fake-webview.ts'

/** A text editor in a tab. */
export class FakeEditor {
  readonly document: FakeDocument
  viewColumn = 1
  selection = new Selection(0, 0, 0, 0)
  /** Where the text was scrolled to. */
  revealed: Range | undefined

  constructor(document: FakeDocument) {
    this.document = document
  }

  select({ start, end }: Range): void {
    this.selection = new Selection(start, end)
    this.revealed = this.selection
  }

  /** What the extension marked in the text, by the look of the marks. */
  readonly marks = new Map<object, { range: Range; hoverMessage?: unknown }[]>()

  setDecorations(look: object, marks: { range: Range; hoverMessage?: unknown }[]): void {
    this.marks.set(look, marks)
  }

  revealRange(range: Range): void {
    this.revealed = range
  }
}

interface PanelParts {
  viewType: string
  title: string
  retain: boolean
  state?: unknown
  /** Of a custom editor: the text that it edits. */
  document?: FakeDocument
}

/** A tab whose content is a webview: of a panel or of a custom editor. */
export class FakePanel {
  readonly viewType: string
  readonly webview: FakeWebview
  readonly document: FakeDocument | undefined
  readonly #retain: boolean
  readonly #tabs: FakeTabs
  readonly #changed = new EventEmitter<{ webviewPanel: FakePanel }>()
  readonly #disposed = new EventEmitter<void>()
  readonly onDidChangeViewState = this.#changed.event
  readonly onDidDispose = this.#disposed.event
  title: string
  iconPath: unknown
  viewColumn = 1
  active = false
  visible = false

  constructor(tabs: FakeTabs, { viewType, title, retain, state, document }: PanelParts) {
    this.#tabs = tabs
    this.viewType = viewType
    this.title = title
    this.document = document
    this.#retain = retain
    this.webview = new FakeWebview(state)
  }

  get input(): TabInputCustom | TabInputWebview {
    const { document, viewType } = this
    return document ? new TabInputCustom(document.uri, viewType) : new TabInputWebview(viewType)
  }

  /** Without a column it comes to the active one. */
  reveal(column = ViewColumn.Active): void {
    this.#tabs.show(this, column)
  }

  dispose(): void {
    if (!this.#tabs.close(this)) return
    void this.webview.hide()
    this.#disposed.fire()
  }

  /** The tabs tell whether it can be seen and has the focus. */
  place({ visible, active }: { visible: boolean; active: boolean }): void {
    if (visible === this.visible && active === this.active) return
    Object.assign(this, { visible, active })
    if (visible) this.webview.show()
    else if (!this.#retain) void this.webview.hide()
    this.#changed.fire({ webviewPanel: this })
  }
}

type Content = FakePanel | FakeEditor

/** The tabs of the window in their columns: of each column the one that was shown last can be seen. */
export class FakeTabs {
  /** In the order they were last shown. */
  #contents: Content[] = []
  readonly closed = new EventEmitter<FakeDocument>()
  /** Which editors can be seen has changed. */
  readonly shown = new EventEmitter<void>()

  get panels(): FakePanel[] {
    return this.#contents.filter((content) => content instanceof FakePanel)
  }

  get editors(): FakeEditor[] {
    return this.#contents.filter((content) => content instanceof FakeEditor)
  }

  get active(): Content | undefined {
    return this.#contents.at(-1)
  }

  get visibleEditors(): FakeEditor[] {
    return this.editors.filter((editor) => this.#isFront(editor))
  }

  /** `window.tabGroups`. */
  get groups() {
    const { active } = this
    const input = active instanceof FakeEditor ? new TabInputText(active.document.uri) : active?.input
    return { activeTabGroup: { activeTab: input && { input }, viewColumn: active?.viewColumn ?? 1 } }
  }

  show(content: Content, column: number): void {
    const active = this.active?.viewColumn ?? 1
    content.viewColumn =
      column === ViewColumn.Active ? active : column === ViewColumn.Beside ? active + 1 : Math.max(1, column)
    this.#contents = [...this.#contents.filter((one) => one !== content), content]
    this.#place()
  }

  /** False when it was closed before. */
  close(content: Content): boolean {
    if (!this.#contents.includes(content)) return false
    this.#contents = this.#contents.filter((one) => one !== content)
    this.#place()
    const { document } = content
    if (document && !this.#contents.some((one) => one.document === document)) this.closed.fire(document)
    return true
  }

  editorOf(uri: Uri, column: number): FakeEditor | undefined {
    const wanted = column > 0 ? column : undefined
    return this.editors.find(
      ({ document, viewColumn }) =>
        document.uri.toString() === uri.toString() && (wanted === undefined || viewColumn === wanted),
    )
  }

  #isFront(content: Content): boolean {
    return this.#contents.findLast(({ viewColumn }) => viewColumn === content.viewColumn) === content
  }

  #place(): void {
    this.shown.fire()
    for (const panel of this.panels) panel.place({ visible: this.#isFront(panel), active: panel === this.active })
  }
}
