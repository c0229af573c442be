import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { openBrowser } from '@secxops/panels/testing/browser'
import { type VsCodeTheme, webviewDress } from '@secxops/panels/testing/dress'
import type { BrowserContext, Page, Route } from 'playwright-core'
import { EventEmitter, Uri } from './fake-values.ts'

/** Where a page's document and what it may load come from: two origins, as in the editor. Nothing leaves this machine. */
const DOCUMENTS = 'http://webview.localhost'
const RESOURCES = 'http://resources.localhost'

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

/** A webview whose document stands in a page of a real browser, with the policy, the variables and the script API of the editor. */
export class FakeWebview {
  static theme: VsCodeTheme = 'vscode-dark'
  /** What pages threw or wrote to their consoles as errors, breaches of their policies included. */
  static readonly errors: string[] = []

  readonly cspSource = RESOURCES
  readonly #received = new EventEmitter<unknown>()
  readonly onDidReceiveMessage = this.#received.event
  options: { enableScripts?: boolean; localResourceRoots?: Uri[] } = {}
  /** What the page kept by `setState`. */
  state: unknown
  #html = ''
  #loads = 0
  #shown = false
  #page: Promise<Page> | undefined
  /** Loading, messages and closing happen in the order they were asked for. */
  #work: Promise<unknown> = Promise.resolve()

  constructor(state: unknown) {
    this.state = state
  }

  get html(): string {
    return this.#html
  }

  set html(html: string) {
    this.#html = html
    if (this.#shown) this.#load()
  }

  asWebviewUri(uri: Uri): Uri {
    return Uri.parse(RESOURCES + uri.path)
  }

  async postMessage(message: unknown): Promise<boolean> {
    if (!this.#shown) return false
    const words = JSON.stringify(message)
    this.#next(async () => {
      await (await this.#page)?.evaluate((text) => window.postMessage(JSON.parse(text), '*'), words)
    })
    return true
  }

  /** The page once it has its document. */
  async page(): Promise<Page> {
    await this.#work
    const page = await this.#page
    if (!page) throw new Error('the webview is hidden, or has no document')
    return page
  }

  show(): void {
    if (this.#shown) return
    this.#shown = true
    if (this.#html !== '') this.#load()
  }

  /** Throws the page away; what it kept by `setState` stays. */
  hide(): Promise<unknown> {
    this.#shown = false
    return this.#next(async () => {
      const page = await this.#page
      this.#page = undefined
      await page?.close()
    })
  }

  #next(work: () => Promise<void>): Promise<unknown> {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      // A message to a page that is just going away.
      if (this.#shown) FakeWebview.errors.push(String(error))
    })
    return this.#work
  }

  #load(): void {
    this.#next(async () => {
      this.#page ??= this.#open()
      const state = encodeURIComponent(JSON.stringify({ state: this.state }))
      await (await this.#page).goto(`${DOCUMENTS}/${++this.#loads}#${state}`, { waitUntil: 'commit' })
    })
  }

  async #open(): Promise<Page> {
    const page = await (await openContext()).newPage()
    page.on('pageerror', (error) => FakeWebview.errors.push(error.stack ?? error.message))
    page.on('console', (message) => message.type() === 'error' && FakeWebview.errors.push(message.text()))
    await page.exposeFunction('fakeEditorPost', (text: string) => this.#received.fire(JSON.parse(text)))
    await page.exposeFunction('fakeEditorKeep', (text: string) => {
      this.state = JSON.parse(text).state
    })
    await page.addInitScript(dressPage, webviewDress(FakeWebview.theme))
    await page.route(`${DOCUMENTS}/**`, (route) => this.#document(route))
    await page.route(`${RESOURCES}/**`, (route) => this.#resource(route))
    return page
  }

  #document(route: Route): Promise<void> {
    if (route.request().url().endsWith('favicon.ico')) return route.fulfill({ status: 204 })
    const headers = this.options.enableScripts ? undefined : { 'content-security-policy': "script-src 'none'" }
    return route.fulfill({ body: this.#html, contentType: 'text/html', headers })
  }

  async #resource(route: Route): Promise<void> {
    const path = decodeURIComponent(new URL(route.request().url()).pathname)
    const allowed = this.options.localResourceRoots?.some((root) => path.startsWith(`${root.fsPath}/`))
    const body = allowed ? await readFile(path).catch(() => undefined) : undefined
    if (!body) return route.fulfill({ status: 404, body: '' })
    const headers = { 'access-control-allow-origin': '*' }
    return route.fulfill({ body, contentType: TYPES[extname(path)] ?? 'application/octet-stream', headers })
  }
}

let context: Promise<BrowserContext> | undefined

function openContext(): Promise<BrowserContext> {
  context ??= openBrowser().then((browser) =>
    browser.newContext({ viewport: { width: 1280, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] }),
  )
  return context
}

/** Runs in the page before its own scripts: the script API, the variables of the theme and the attributes of the body. */
function dressPage({ kind, sheet }: { kind: string; sheet: string }): void {
  const page = globalThis as unknown as {
    fakeEditorPost(text: string): void
    fakeEditorKeep(text: string): void
    acquireVsCodeApi(): unknown
  }
  let { state } = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}')
  let acquired = false
  page.acquireVsCodeApi = () => {
    if (acquired) throw new Error('An instance of the VS Code API has already been acquired')
    acquired = true
    return {
      postMessage: (message: unknown) => page.fakeEditorPost(JSON.stringify(message)),
      getState: () => state,
      setState(value: unknown) {
        state = value
        page.fakeEditorKeep(JSON.stringify({ state }))
        return value
      },
    }
  }
  const styles = new CSSStyleSheet()
  styles.replaceSync(sheet)
  document.adoptedStyleSheets = [styles]
  const dress = (): void => {
    if (!document.body || document.body.dataset.vscodeThemeKind) return
    document.body.dataset.vscodeThemeKind = kind
    document.body.classList.add(kind)
  }
  new MutationObserver(dress).observe(document, { childList: true, subtree: true })
}
