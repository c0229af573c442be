import { URLExt } from '@jupyterlab/coreutils'
import type { Contents, ServerConnection } from '@jupyterlab/services'
import { type ISignal, Signal } from '@lumino/signaling'
import type { Client } from '@secxops/client/client'
import { createHttpClient } from '@secxops/client/http-client'
import type { RouteOutput } from '@secxops/protocol/api'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { RouteName } from '@secxops/protocol/routes'
import { type PathMap, pathMap } from '../host/paths.ts'
import { type Ensured, ensureBackend } from './ensure.ts'
import { proxyFetch } from './fetch.ts'

/** Between two tries to bring a lost backend back; requests that fail meanwhile wait for the same try. */
const REVIVE_PAUSE = 5000

/** The page's one connection to the backend. */
export class Session {
  readonly client: Client
  readonly #settings: ServerConnection.ISettings
  readonly #contents: Contents.IManager
  readonly #written = new Signal<Session, string>(this)
  readonly #problemChanged = new Signal<Session, ErrorBody | undefined>(this)
  #ensured: Ensured
  #reviving: Promise<void> | undefined
  #revivedAt = 0

  private constructor(settings: ServerConnection.ISettings, contents: Contents.IManager, ensured: Ensured) {
    this.#contents = contents
    this.#settings = settings
    this.#ensured = ensured
    const client = createHttpClient({
      base: URLExt.join(settings.baseUrl, 'secxops'),
      fetch: proxyFetch(settings, () => this.#revive()),
    })
    this.client = tellWrites(client, (path) => this.#written.emit(this.paths.contents(path) ?? path))
  }

  static async open(settings: ServerConnection.ISettings, contents: Contents.IManager): Promise<Session> {
    return new Session(settings, contents, await ensureBackend(settings))
  }

  /** Absolute paths of the backend ⇄ contents paths of JupyterLab. */
  get paths(): PathMap {
    return pathMap(this.#ensured, (path) => this.#contents.localPath(path))
  }

  /** Why there is no backend; absent when it is ready. */
  get problem(): ErrorBody | undefined {
    return this.#ensured.error
  }

  /** Files that this page let the backend write, by contents path: JupyterLab itself does not hear of them. */
  get written(): ISignal<Session, string> {
    return this.#written
  }

  get problemChanged(): ISignal<Session, ErrorBody | undefined> {
    return this.#problemChanged
  }

  /** Resolves once there is a backend. */
  async ready(): Promise<void> {
    if (!this.problem) return
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.problem) return
        this.#problemChanged.disconnect(look)
        resolve()
      }
      this.#problemChanged.connect(look)
    })
  }

  /** Asks again for the backend. */
  async retry(): Promise<void> {
    const ensured = await ensureBackend(this.#settings)
    // A server that does not answer cannot tell its root; the known one stays.
    this.#ensured = { ...ensured, root: ensured.root || this.#ensured.root }
    this.#problemChanged.emit(this.problem)
    if (!this.problem) this.client.reconnect()
  }

  async #revive(): Promise<void> {
    if (Date.now() - this.#revivedAt < REVIVE_PAUSE) return this.#reviving
    this.#revivedAt = Date.now()
    this.#reviving = ensureBackend(this.#settings).then((ensured) => {
      if (ensured.root) this.#ensured = ensured
    })
    return this.#reviving
  }
}

/** Where the answer of a route that writes into the user's folder names what was written. */
const WRITTEN: { [R in RouteName]?: (answer: RouteOutput<R>) => string } = {
  'modules.write': ({ modulePath }) => modulePath,
  'modules.writeDockerfile': ({ path }) => path,
  'modules.addRequirement': ({ path }) => path,
  'library.export': ({ path }) => path,
}

/** A client that tells the absolute path of every file it let be written. */
function tellWrites(client: Client, wrote: (path: string) => void): Client {
  const call: Client['call'] = async (route, input, options) => {
    const answer = await client.call(route, input, options)
    const path = WRITTEN[route]?.(answer)
    if (path !== undefined) wrote(path)
    return answer
  }
  return Object.create(client, { call: { value: call } })
}
