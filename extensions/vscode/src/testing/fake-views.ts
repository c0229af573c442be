import { Disposable, EventEmitter } from './fake-values.ts'
import { FakeWebview } from './fake-webview.ts'

interface Provider {
  resolveWebviewView(view: FakeView): unknown
}

/** A webview in the side bar or the panel area. */
export class FakeView {
  readonly webview = new FakeWebview(undefined)
  readonly disposed = new EventEmitter<void>()
  readonly onDidDispose = this.disposed.event
}

/** The webview views of the window: each gets its content when it is shown first, and keeps it. */
export class FakeViews {
  readonly #providers = new Map<string, Provider>()
  readonly #open = new Map<string, FakeView>()

  register(id: string, provider: Provider): Disposable {
    this.#providers.set(id, provider)
    return new Disposable(() => this.#providers.delete(id))
  }

  /** The view once it was shown. */
  get(id: string): FakeView | undefined {
    return this.#open.get(id)
  }

  /** Shows the view that the command `ID.focus` is for; false: it is another command. */
  async focus(command: string): Promise<boolean> {
    const id = command.replace(/\.focus$/, '')
    const provider = this.#providers.get(id)
    if (!provider || id === command) return false
    if (this.#open.has(id)) return true
    const view = new FakeView()
    this.#open.set(id, view)
    view.webview.show()
    await provider.resolveWebviewView(view)
    return true
  }

  async close(): Promise<void> {
    for (const view of this.#open.values()) {
      view.disposed.fire()
      await view.webview.hide()
    }
    this.#open.clear()
  }
}
