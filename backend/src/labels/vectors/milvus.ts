import { SecxopsError } from '@secxops/protocol/errors'
import type { MilvusClient } from '@zilliz/milvus2-sdk-node'
import type { SettingsService } from '../../services.ts'
import type { ServiceKeys } from '../../settings/service-keys.ts'
import type { LocalServer } from '../servers/local-server.ts'

export interface MilvusNeeds {
  settings: Pick<SettingsService, 'get'>
  keys: Pick<ServiceKeys, 'get'>
  /** Milvus Lite. */
  server: LocalServer
}

/** A connection, and what its server can do. */
export interface Connection {
  client: MilvusClient
  sdk: typeof import('./sdk.ts')
  /** Filters may have their values beside them. */
  templates: boolean
}

/** Milliseconds for one call; the client gives writes a day by itself. Making an index takes long on a busy machine. */
export const PATIENCE = 120_000
/** Milliseconds until a server must have answered at all. */
const FIRST_PATIENCE = 15_000

/** Milvus Lite ends a connection that asks whether it is alive while it makes an index. */
const NO_PINGS = { 'grpc.keepalive_time_ms': 2_147_483_647 }

/** The Milvus of the settings: an address, else Milvus Lite, which is started when it is used. */
export class Milvus {
  readonly #needs: MilvusNeeds
  /** `key`: of address, token and, for a server of our own, its start: a channel of before it is slow to notice. */
  #connected: { key: string; connection: Promise<Connection> } | undefined

  constructor(needs: MilvusNeeds) {
    this.#needs = needs
  }

  /** Address of the server; empty for Milvus Lite. */
  get address(): string {
    return this.#needs.settings.get().milvus.url
  }

  /** Rejects with unavailable when the server does not answer or does not do what it is asked. */
  async use<T>(work: (connection: Connection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const url = this.address
    const title = url === '' ? 'Milvus Lite' : `Milvus at ${url}`
    const run = async (address: string, starts = 0): Promise<T> => {
      signal?.throwIfAborted()
      try {
        return await work(await this.#connection(address, this.#needs.keys.get('milvus', url), starts))
      } catch (error) {
        if (error instanceof SecxopsError) throw error
        throw unavailable(title, error)
      }
    }
    return url === '' ? this.#needs.server.use((socket, starts) => run(`unix:${socket}`, starts), signal) : run(url)
  }

  async close(): Promise<void> {
    const before = this.#connected?.connection
    this.#connected = undefined
    await disconnect(before)
    await this.#needs.server.close()
  }

  async #connection(address: string, token: string | undefined, starts: number): Promise<Connection> {
    const key = JSON.stringify([address, token, starts])
    if (this.#connected?.key === key) return this.#connected.connection
    const before = this.#connected?.connection
    const connection = connect(address, token)
    this.#connected = { key, connection }
    void disconnect(before)
    connection.catch(() => {
      if (this.#connected?.connection === connection) this.#connected = undefined
    })
    return connection
  }
}

async function disconnect(connection: Promise<Connection> | undefined): Promise<void> {
  const known = await connection?.catch(() => undefined)
  await known?.client.closeConnection().catch(() => undefined)
}

async function connect(address: string, token: string | undefined): Promise<Connection> {
  const sdk = await import('./sdk.ts')
  const client = new sdk.MilvusClient({
    address,
    timeout: PATIENCE,
    logLevel: 'error',
    ...(token === undefined ? {} : { token }),
    ...(address.startsWith('unix:') ? { channelOptions: NO_PINGS } : {}),
  })
  try {
    await within(client.connectPromise, FIRST_PATIENCE)
    const { version } = await within(client.getVersion(), FIRST_PATIENCE)
    return { client, sdk, templates: !/lite/i.test(version) }
  } catch (error) {
    // The client's own promise fails later, too.
    client.connectPromise.catch(() => undefined)
    await client.closeConnection().catch(() => undefined)
    throw error
  }
}

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds / 1000} seconds`)), milliseconds)
  work.then(resolve, reject).finally(() => clearTimeout(timer))
  return promise
}

/** Throws where Milvus says in its answer that it did not do what it was asked. */
export function checked<T extends object>(answer: T): T {
  const status = ('status' in answer ? answer.status : answer) as {
    code?: number
    error_code?: unknown
    reason?: string
  }
  const wrong = (status.code ?? 0) !== 0 || ![undefined, 'Success', 0].includes(status.error_code as undefined)
  if (wrong) throw new Error(status.reason || `error ${status.code ?? status.error_code}`)
  return answer
}

function unavailable(title: string, error: unknown): SecxopsError {
  const cause = error instanceof Error ? error.message : String(error)
  return new SecxopsError(
    {
      code: 'unavailable',
      message: `${title} does not do what it was asked (${cause.replace(/\s+/g, ' ').slice(0, 300)}). Nothing was lost: it is filled from the database of SecXOps. The strategy "fused" answers without it.`,
      where: { field: 'milvus' },
    },
    { cause: error },
  )
}
