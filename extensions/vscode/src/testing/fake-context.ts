import { EventEmitter, Uri } from './fake-values.ts'

/** What is read of `package.json`. */
export interface Manifest {
  version: string
  contributes: {
    commands: { command: string; enablement?: string }[]
    menus: Record<string, { command: string; when?: string }[]>
    viewsWelcome: { view: string; contents: string; when?: string }[]
    customEditors: { viewType: string; selector: { filenamePattern: string }[] }[]
    configuration: { properties: Record<string, { default?: unknown }> }
  }
}
/** How a window is opened. */
export interface OpenOptions {
  /** Absolute path of the folder that is open. */
  folder: string
  /** Where the extension is installed; its `package.json` and texts are read from here. */
  extension: string
  manifest: Manifest
  trusted?: boolean
  language?: string
  settings?: Record<string, unknown>
  /** Translations by the English text. */
  texts?: Record<string, string>
}

/** What the editor gives to `activate`, and keeps for the extension. */
export class FakeContext {
  readonly extensionUri: Uri
  readonly extensionPath: string
  readonly extension: { id: string; packageJSON: Manifest; extensionUri: Uri }
  readonly subscriptions: { dispose(): unknown }[] = []
  readonly #memory = new Map<string, unknown>()
  readonly globalState = {
    get: (key: string) => this.#memory.get(key),
    update: async (key: string, value: unknown) => void this.#memory.set(key, value),
  }
  readonly workspaceState = this.globalState
  readonly #secrets = new Map<string, string>()
  readonly #secretChanged = new EventEmitter<{ key: string }>()
  readonly secrets = {
    get: async (key: string) => this.#secrets.get(key),
    store: async (key: string, value: string) => {
      this.#secrets.set(key, value)
      this.#secretChanged.fire({ key })
    },
    delete: async (key: string) => {
      this.#secrets.delete(key)
      this.#secretChanged.fire({ key })
    },
    onDidChange: this.#secretChanged.event,
  }
  readonly #variables = new Map<string, string>()
  readonly environmentVariableCollection = {
    [Symbol.iterator]: () => this.#variables.entries(),
    delete: (name: string) => this.#variables.delete(name),
    replace: (name: string, value: string) => this.#variables.set(name, value),
    prepend: (name: string, value: string) => this.#variables.set(name, value),
  }

  constructor({ extension, manifest }: OpenOptions) {
    this.extensionUri = Uri.file(extension)
    this.extensionPath = extension
    this.extension = { id: 'secxops.secxops', packageJSON: manifest, extensionUri: this.extensionUri }
  }

  asAbsolutePath(name: string): string {
    return Uri.joinPath(this.extensionUri, name).fsPath
  }
}
