import { basename, matchesGlob } from 'node:path'
import { FakeContext, type OpenOptions } from './fake-context.ts'
import { FakeDialogs } from './fake-dialogs.ts'
import { FakeDocument } from './fake-document.ts'
import { FakeFolder, fileSystem, textOfFile } from './fake-folder.ts'
import { type FakeStatusItem, statusItem } from './fake-status.ts'
import { FakeEditor, FakePanel, FakeTabs } from './fake-tabs.ts'
import { FakeTree } from './fake-tree.ts'
import { Disposable, EventEmitter, type Range, Uri, ViewColumn, type WorkspaceEdit } from './fake-values.ts'
import { FakeViews } from './fake-views.ts'
import { holds } from './when.ts'

/**
 * The module `vscode` in tests: as much of the editor as the extension uses, over a real folder and, for webviews, a real browser. What a
 * user does and sees goes through {@link fake}. Whether the editor itself behaves so is proved in the real one, in `test/`: `vscode.test.ts`
 * (trees, canvas with undo, packaging, restoring), `vscode-runs.test.ts` (datasets, dragging, tasks), `vscode-trouble.test.ts` (trust, lost
 * backend, two windows, broken files).
 */

export * from './fake-values.ts'
export const version = '1.100.0'

type Work = (...given: unknown[]) => unknown
interface Provider {
  selector: unknown
  provider: Record<string, Work>
}
const events = {
  opened: new EventEmitter<FakeDocument>(),
  closed: new EventEmitter<FakeDocument>(),
  trusted: new EventEmitter<void>(),
  configured: new EventEmitter<{ affectsConfiguration(key: string): boolean }>(),
  folders: new EventEmitter<unknown>(),
  renamed: new EventEmitter<{ files: { oldUri: Uri; newUri: Uri }[] }>(),
}

const providers = new Map<string, Provider[]>()
const contents = new Map<
  string,
  { provideTextDocumentContent: Work; onDidChange?: (listener: (uri: Uri) => void) => Disposable }
>()
const customEditors = new Map<
  string,
  { provider: { resolveCustomTextEditor: Work }; webviewOptions?: { retainContextWhenHidden?: boolean } }
>()
const serializers = new Map<string, { deserializeWebviewPanel(panel: FakePanel, state: unknown): Promise<void> }>()
const taskProviders = new Map<string, { provideTasks(): Promise<{ name: string; execution: { callback: Work } }[]> }>()
let context: FakeContext
let open: OpenOptions
let folder: FakeFolder | undefined

/** The window as the user has it before him. */
export const fake = {
  dialogs: new FakeDialogs(),
  tabs: new FakeTabs(),
  views: new FakeViews(),
  trees: new Map<string, FakeTree>(),
  commands: new Map<string, Work>(),
  context: new Map<string, unknown>(),
  /** Extensions that are installed beside this one, by id. */
  extensions: new Map<string, unknown>(),
  diagnostics: new Map<string, { message: string; severity: number; range: Range }[]>(),
  statusItems: new Set<FakeStatusItem>(),
  /** Commands of the editor itself that were called. */
  called: [] as { command: string; given: unknown[] }[],
  documents: [] as FakeDocument[],
  clipboard: '',
  log: [] as string[],

  /** Opens the window; answers what `activate` is given. */
  open(options: OpenOptions) {
    open = options
    folder = new FakeFolder(options.folder)
    folder.onContent((path) => {
      for (const document of fake.documents) if (document.uri.fsPath === path) document.followFile()
    })
    fake.context = new Map<string, unknown>([
      ['workspaceFolderCount', 1],
      ['isWorkspaceTrusted', options.trusted ?? true],
    ])
    context = new FakeContext(options)
    return context
  },
  /** Ends the extension and closes everything. Settings, secrets and what panels kept are gone too. */
  async close(): Promise<void> {
    const pages = fake.tabs.panels.map(({ webview }) => webview)
    for (const panel of fake.tabs.panels) panel.dispose()
    await this.views.close()
    this.deactivate()
    for (const page of pages) await page.hide()
    folder?.close()
    fake.extensions.clear()
    fake.documents = []
    fake.dialogs.open = []
    fake.called = []
  },
  /** Ends the extension, as closing the window does; what it registered must be gone then. */
  deactivate(): void {
    for (const one of context.subscriptions.splice(0)) one.dispose()
  },
  /** Closes the window and opens it again; `activate` is the extension's. Answers once every tab has its content. */
  async reload(activate: (context: never) => unknown): Promise<void> {
    const { panels } = fake.tabs
    this.deactivate()
    for (const panel of panels) panel.dispose()
    await activate(context as never)
    for (const { viewType, title, viewColumn, document, webview } of panels) {
      if (document) await openWith(document.uri, viewType, viewColumn)
      else {
        const restored = new FakePanel(fake.tabs, { viewType, title, retain: false, state: webview.state })
        fake.tabs.show(restored, viewColumn)
        await serializers.get(viewType)?.deserializeWebviewPanel(restored, webview.state)
      }
    }
  },
  trust(): void {
    open.trusted = true
    fake.context.set('isWorkspaceTrusted', true)
    events.trusted.fire()
  },
  configure(key: string, value: unknown): void {
    open.settings = { ...open.settings, [key]: value }
    events.configured.fire({ affectsConfiguration: (asked) => key === asked || key.startsWith(`${asked}.`) })
  },
  tree(view: string): FakeTree {
    const tree = fake.trees.get(view)
    if (!tree) throw new Error(`there is no tree ${view}`)
    return tree
  },
  /** What an empty view shows now, as keys of the manifest's texts. */
  welcome: (view: string): string[] =>
    open.manifest.contributes.viewsWelcome
      .filter((one) => one.view === view && holds(one.when, fake.context))
      .map(({ contents }) => contents),
  /** Commands that a menu offers now; `keys`: those of the thing it was opened on, such as `view` and `viewItem`. */
  menu(name: string, keys: Record<string, unknown> = {}): string[] {
    const context = new Map([...fake.context, ...Object.entries(keys)])
    const offered = (open.manifest.contributes.menus[name] ?? []).filter(({ when }) => holds(when, context))
    return [...new Set(offered.map(({ command }) => command))].filter(fake.enabled)
  },
  enabled: (id: string): boolean =>
    holds(open.manifest.contributes.commands.find(({ command }) => command === id)?.enablement, fake.context),
  /** Chooses a command in the context menu of a row; throws where the menu has none such, or it is disabled. */
  async choose(view: string, path: string[], command: string): Promise<unknown> {
    const { contextValue, element } = await fake.tree(view).row(...path)
    const offered = fake.menu('view/item/context', { view, viewItem: contextValue })
    if (!offered.includes(command)) throw new Error(`${contextValue} offers ${offered.join(', ')}, not ${command}`)
    return commands.executeCommand(command, element)
  },
  async click(view: string, ...path: string[]): Promise<unknown> {
    const { command } = await fake.tree(view).row(...path)
    return command && commands.executeCommand(command.command, ...(command.arguments ?? []))
  },
  /** The panel whose tab has this title, or a custom editor by its file's name. */
  panel(title: string | RegExp): FakePanel | undefined {
    const name = ({ document, title: own }: FakePanel): string => (document ? basename(document.uri.path) : own)
    return fake.tabs.panels.findLast((panel) =>
      typeof title === 'string' ? name(panel) === title : title.test(name(panel)),
    )
  },
  /** What the providers of one kind (`completion`, `hover`, `lens`, `action`) say about a document. */
  async ask(kind: string, method: string, document: FakeDocument, ...rest: unknown[]): Promise<unknown[]> {
    const fits = ({ selector }: Provider): boolean =>
      [selector].flat().some((one) => matchesGlob(document.uri.path, (one as { pattern: string }).pattern))
    const asked = (providers.get(kind) ?? []).filter(fits)
    const answers = await Promise.all(asked.map(({ provider }) => provider[method]?.(document, ...rest)))
    return answers.flat().filter((answer) => answer !== undefined)
  },
  tasks: async () => (await Promise.all([...taskProviders.values()].map((one) => one.provideTasks()))).flat(),
}

/** Keeps `value` under `key` until the extension ends or takes it back. */
function kept<T>(map: Map<string, T>, key: string, value: T): Disposable {
  if (map.has(key)) throw new Error(`${key} is registered already`)
  map.set(key, value)
  return new Disposable(() => map.get(key) === value && map.delete(key))
}

const provided = (kind: string) => (selector: unknown, provider: unknown) => {
  const own = { selector, provider: provider as Provider['provider'] }
  providers.set(kind, [...(providers.get(kind) ?? []), own])
  return new Disposable(() => providers.set(kind, providers.get(kind)?.filter((one) => one !== own) ?? []))
}

async function openTextDocument(given: Uri | string | { content?: string; language?: string }): Promise<FakeDocument> {
  if (typeof given === 'object' && !(given instanceof Uri)) {
    const uri = Uri.from({ scheme: 'untitled', path: `Untitled-${fake.documents.length + 1}` })
    return takeDocument(new FakeDocument(uri, given.content ?? '', given.language ?? 'plaintext'))
  }
  const uri = typeof given === 'string' ? Uri.file(given) : given
  const there = (): FakeDocument | undefined => fake.documents.find((one) => one.uri.toString() === uri.toString())
  const source = contents.get(uri.scheme)
  const text = there() ? '' : source ? String(await source.provideTextDocumentContent(uri)) : textOfFile(uri)
  return there() ?? takeDocument(new FakeDocument(uri, text, /\.ya?ml$/.test(uri.path) ? 'yaml' : 'plaintext'))
}

function takeDocument(document: FakeDocument): FakeDocument {
  fake.documents = [...fake.documents, document]
  events.opened.fire(document)
  return document
}

fake.tabs.closed.event((document) => {
  document.isClosed = true
  fake.documents = fake.documents.filter((one) => one !== document)
  events.closed.fire(document)
})

async function showTextDocument(
  given: FakeDocument | Uri,
  { viewColumn = ViewColumn.Active, selection }: { viewColumn?: number; selection?: Range } = {},
): Promise<FakeEditor> {
  const document = given instanceof Uri ? await openTextDocument(given) : given
  const editor = fake.tabs.editorOf(document.uri, viewColumn) ?? new FakeEditor(document)
  fake.tabs.show(editor, viewColumn)
  if (selection) editor.select(selection)
  return editor
}

async function openWith(uri: Uri, viewType: string, column: number = ViewColumn.Active): Promise<void> {
  const registered = customEditors.get(viewType)
  if (!registered) throw new Error(`there is no editor ${viewType}`)
  const document = await openTextDocument(uri)
  const there = fake.tabs.panels.find((panel) => panel.document === document && column === ViewColumn.Active)
  if (there) return there.reveal(there.viewColumn)
  const { provider, webviewOptions } = registered
  const retain = webviewOptions?.retainContextWhenHidden ?? false
  const panel = new FakePanel(fake.tabs, { viewType, title: basename(uri.path), retain, document })
  fake.tabs.show(panel, column)
  await provider.resolveCustomTextEditor(document, panel)
}

/** The editor's own commands that do something here; of the others it is noted that they were called. */
const OWN: Record<string, Work> = {
  setContext: (key, value) => fake.context.set(String(key), value),
  'vscode.openWith': (uri, viewType, options) =>
    viewType === 'default' ? showTextDocument(uri as Uri, options ?? {}) : openWith(uri as Uri, String(viewType)),
  'vscode.open': (given) => {
    const uri = given as Uri
    const editor = open.manifest.contributes.customEditors.find(({ selector }) =>
      selector.some(({ filenamePattern }) => matchesGlob(basename(uri.path), filenamePattern)),
    )
    return editor ? openWith(uri, editor.viewType) : showTextDocument(uri)
  },
  undo: () => fake.tabs.active?.document?.undo(),
  redo: () => fake.tabs.active?.document?.redo(),
}
const EDITORS = /^(workbench|vscode|list|editor|revealInExplorer)\b|\.focus$/

export const commands = {
  registerCommand: (id: string, work: Work) => kept(fake.commands, id, work),
  async executeCommand(id: string, ...given: unknown[]): Promise<unknown> {
    const work = fake.commands.get(id) ?? OWN[id]
    if (work) return work(...given)
    if (await fake.views.focus(id)) return undefined
    if (!EDITORS.test(id)) throw new Error(`command '${id}' not found`)
    fake.called.push({ command: id, given })
    return undefined
  },
}

export const window = {
  get tabGroups() {
    return fake.tabs.groups
  },
  get activeTextEditor() {
    const { active } = fake.tabs
    return active instanceof FakeEditor ? active : undefined
  },
  get visibleTextEditors() {
    return fake.tabs.visibleEditors
  },
  createOutputChannel() {
    const write = (...words: unknown[]): unknown => fake.log.push(words.join(' '))
    return { info: write, warn: write, error: write, debug: write, trace: write, show: () => undefined, dispose() {} }
  },
  createTreeView(id: string, options: { treeDataProvider: unknown }) {
    const tree = new FakeTree(id, options)
    const registered = kept(fake.trees, id, tree)
    return Object.assign(tree, { dispose: () => registered.dispose() })
  },
  createStatusBarItem: () => statusItem(fake.statusItems),
  createWebviewPanel(viewType: string, title: string, column: number | { viewColumn: number }, options = {}) {
    const panel = new FakePanel(fake.tabs, { viewType, title, retain: false })
    panel.webview.options = options
    fake.tabs.show(panel, typeof column === 'number' ? column : column.viewColumn)
    return panel
  },
  registerCustomEditorProvider: (viewType: string, provider: never, options: object) =>
    kept(customEditors, viewType, { provider, ...options }),
  registerWebviewViewProvider: (id: string, provider: never) => fake.views.register(id, provider),
  createTextEditorDecorationType: (look: object) => ({ look, dispose: () => undefined }),
  onDidChangeVisibleTextEditors: fake.tabs.shown.event,
  registerWebviewPanelSerializer: (viewType: string, serializer: never) => kept(serializers, viewType, serializer),
  registerUriHandler: () => new Disposable(() => undefined),
  showTextDocument,
  showInputBox: (options: object = {}) => fake.dialogs.input(options),
  showQuickPick: fake.dialogs.pick.bind(fake.dialogs),
  showOpenDialog: async (options: object = {}) => {
    const path = await fake.dialogs.path(options)
    return path === undefined ? undefined : [Uri.file(path)]
  },
  showInformationMessage: fake.dialogs.message.bind(fake.dialogs),
  showWarningMessage: fake.dialogs.message.bind(fake.dialogs),
  showErrorMessage: fake.dialogs.message.bind(fake.dialogs),
  showWorkspaceFolderPick: async () => workspace.workspaceFolders[0],
  withProgress: (_: object, work: Work) =>
    work({ report: () => undefined }, { isCancellationRequested: false, onCancellationRequested: () => undefined }),
}

export const workspace = {
  fs: fileSystem,
  notebookDocuments: [],
  get isTrusted() {
    return open.trusted ?? true
  },
  get textDocuments() {
    return fake.documents
  },
  get workspaceFolders() {
    return [{ uri: Uri.file(open.folder), name: basename(open.folder), index: 0 }]
  },
  getWorkspaceFolder: (uri: Uri) =>
    uri.path.startsWith(`${open.folder}/`) ? workspace.workspaceFolders[0] : undefined,
  findFiles: async (pattern: string, except?: string, most?: number) => folder?.find(pattern, except, most) ?? [],
  createFileSystemWatcher: (pattern: string) => folder?.watch(pattern),
  openTextDocument,
  async applyEdit({ changes }: WorkspaceEdit) {
    for (const [key, edits] of changes) (await openTextDocument(Uri.parse(key))).replace(edits)
    return true
  },
  getConfiguration(section: string) {
    const value = (key: string): unknown => open.settings?.[`${section}.${key}`]
    return {
      get: (key: string) =>
        value(key) ?? open.manifest.contributes.configuration.properties[`${section}.${key}`]?.default,
      inspect: (key: string) => ({ key: `${section}.${key}`, globalValue: value(key) }),
    }
  },
  registerTextDocumentContentProvider(scheme: string, provider: never) {
    const source = provider as NonNullable<ReturnType<typeof contents.get>>
    const stop = source.onDidChange?.(async (uri) => {
      const shown = fake.documents.find((one) => one.uri.toString() === uri.toString())
      if (shown) shown.refresh(String(await source.provideTextDocumentContent(uri)))
    })
    return Disposable.from(kept(contents, scheme, source), ...(stop ? [stop] : []))
  },
  onDidOpenTextDocument: events.opened.event,
  onDidCloseTextDocument: events.closed.event,
  onDidChangeTextDocument: FakeDocument.changed.event,
  onDidSaveTextDocument: FakeDocument.saved.event,
  onDidRenameFiles: events.renamed.event,
  onDidGrantWorkspaceTrust: events.trusted.event,
  onDidChangeConfiguration: events.configured.event,
  onDidChangeWorkspaceFolders: events.folders.event,
}

export const languages = {
  registerCompletionItemProvider: provided('completion'),
  registerHoverProvider: provided('hover'),
  registerCodeLensProvider: provided('lens'),
  registerCodeActionsProvider: provided('action'),
  createDiagnosticCollection: () => ({
    set: (uri: Uri, found: never[]) => fake.diagnostics.set(uri.fsPath, found),
    delete: (uri: Uri) => fake.diagnostics.delete(uri.fsPath),
    dispose: () => fake.diagnostics.clear(),
  }),
}

export const tasks = {
  registerTaskProvider: (type: string, provider: never) => kept(taskProviders, type, provider),
}

export const extensions = { getExtension: (id: string) => fake.extensions.get(id) }

export const env = {
  appName: 'the fake editor',
  uiKind: 1,
  uriScheme: 'fake',
  remoteName: undefined,
  get language() {
    return open.language ?? 'en'
  },
  clipboard: {
    readText: async () => fake.clipboard,
    async writeText(text: string) {
      fake.clipboard = text
    },
  },
}

export const l10n = {
  t: (text: string, ...parts: unknown[]) =>
    (open.texts?.[text] ?? text).replace(/\{(\d)\}/g, (_, index) => String(parts[Number(index)])),
}
