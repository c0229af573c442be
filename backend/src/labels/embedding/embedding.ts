import type { Fetch } from '@secxops/client/http-request'
import { socketFetch } from '@secxops/client/node/socket-fetch'
import { SecxopsError } from '@secxops/protocol/errors'
import type { SettingsService, Store } from '../../services.ts'
import type { ServiceKeys } from '../../settings/service-keys.ts'
import type { LocalServer } from '../servers/local-server.ts'
import type { Embedding } from '../services.ts'
import { untilAborted } from '../until-aborted.ts'
import { identityText, parseIdentity, shownIdentity, wantedEmbedder } from './embedder-identity.ts'
import { type Endpoint, requestVectors } from './endpoint.ts'
import { addEmbedder, findEmbedder, keepVector, readVector } from './vector-table.ts'

export interface EmbeddingNeeds {
  store: Store
  settings: Pick<SettingsService, 'get'>
  keys: Pick<ServiceKeys, 'get'>
  /** The bundled model; undefined where it cannot run. */
  server: LocalServer | undefined
  fetch?: Fetch
}

/** Texts of one request. A question that comes while a file is embedded waits for one request at most. */
const BATCH = { bundled: 8, endpoint: 64 }

/** Texts become vectors, each once: what was embedded is kept in SQLite, and texts that are asked for at the same time share a request. */
export function createEmbedding({
  store,
  settings,
  keys,
  server,
  fetch = globalThis.fetch,
}: EmbeddingNeeds): Embedding {
  /** Asked for or not yet durable, by embedder and text. */
  const young = new Map<string, Promise<Float32Array>>()
  const writes = new Set<Promise<unknown>>()
  const closing = new AbortController()
  const wanted = (): string => identityText(wantedEmbedder(settings.get().embedder))

  function endpointOf(identity: string): Endpoint {
    const embedder = parseIdentity(identity)
    const title = shownIdentity(embedder)
    if (embedder.url !== '') return { ...embedder, title, key: keys.get('embedder', embedder.url), fetch }
    if (!server) throw noBundledModel()
    return {
      url: '/v1',
      model: 'e5-query',
      title,
      key: undefined,
      fetch: (url, init) => server.use((socket) => socketFetch(socket)(url, init)),
    }
  }

  function stored(identity: string, text: string): Float32Array | undefined {
    const embedder = findEmbedder(store.db, identity)
    return embedder && readVector(store.db, embedder.id, text)
  }

  /** One request; what it gives is kept. */
  async function ask(identity: string, texts: readonly string[]): Promise<Float32Array[]> {
    const endpoint = endpointOf(identity)
    // The first start of the bundled model makes its environment, which takes longer than a request may.
    if (endpoint.url === '/v1') await server?.use(async () => undefined)
    const vectors = await requestVectors(endpoint, texts, closing.signal)
    const dimension = vectors[0]?.length ?? 0
    const before = findEmbedder(store.db, identity)?.dimension
    if (before !== undefined && before !== dimension) throw otherModel(endpoint.title, before, dimension)
    const write = store
      .write((db) => {
        const { id } = addEmbedder(db, identity, dimension)
        for (const [at, text] of texts.entries()) keepVector(db, id, text, vectors[at] as Float32Array)
      })
      // What is not kept is embedded again when it is asked for again.
      .catch(() => undefined)
      .finally(() => {
        writes.delete(write)
        for (const text of texts) young.delete(keyOf(identity, text))
      })
    writes.add(write)
    return vectors
  }

  function askAll(identity: string, texts: readonly string[]): void {
    const answer = ask(identity, texts)
    texts.forEach((text, at) => {
      const vector = answer.then((vectors) => vectors[at] as Float32Array)
      young.set(keyOf(identity, text), vector)
      vector.catch(() => young.delete(keyOf(identity, text)))
    })
  }

  return {
    identity: wanted,
    dimension: (identity = wanted()) => findEmbedder(store.db, identity)?.dimension,
    doing: () => server?.doing,

    known: (texts, identity = wanted()) => texts.map((text) => stored(identity, text)),

    async vectors(texts, { signal, progress, embedder: identity = wanted() } = {}) {
      const found = new Map<string, Float32Array>()
      const size = parseIdentity(identity).url === '' ? BATCH.bundled : BATCH.endpoint
      const left: string[] = []
      for (const text of new Set(texts)) {
        if (text.trim() === '') throw emptyText()
        const vector = young.has(keyOf(identity, text)) ? undefined : stored(identity, text)
        if (vector) found.set(text, vector)
        else left.push(text)
      }
      for (let at = 0; at < left.length; at += size) {
        signal?.throwIfAborted()
        const batch = left.slice(at, at + size)
        const missing = batch.filter((text) => !young.has(keyOf(identity, text)) && !stored(identity, text))
        if (missing.length > 0) askAll(identity, missing)
        // Looked up in the same turn, so each text is either asked for or stored.
        const coming = batch.map((text) => young.get(keyOf(identity, text)) ?? (stored(identity, text) as Float32Array))
        const vectors = await untilAborted(Promise.all(coming), signal)
        for (const [at, text] of batch.entries()) found.set(text, vectors[at] as Float32Array)
        progress?.(found.size)
      }
      return texts.map((text) => found.get(text) as Float32Array)
    },

    async settled() {
      await Promise.all(writes)
    },

    async close() {
      closing.abort(new Error('SecXOps is closing'))
      await server?.close()
      await Promise.all(writes)
    },
  }
}

const keyOf = (identity: string, text: string): string => `${identity}\n${text}`

const emptyText = (): SecxopsError =>
  new SecxopsError({ code: 'bad-request', message: 'The text is empty: there is nothing to label in it.' })

const noBundledModel = (): SecxopsError =>
  new SecxopsError({
    code: 'unavailable',
    message: `The bundled embedding model runs on Linux with an x86-64 processor only, not on ${process.platform} ${process.arch}. Set "embedder" to the address and model of an OpenAI-compatible server, for example Ollama (http://127.0.0.1:11434/v1, bge-m3).`,
    where: { field: 'embedder' },
  })

const otherModel = (title: string, before: number, now: number): SecxopsError =>
  new SecxopsError({
    code: 'conflict',
    message: `Behind ${title} stands another model than before: its vectors have ${now} numbers, those that are kept ${before}. Give the new one another name in the settings "embedder", or bring the old one back.`,
    where: { field: 'embedder' },
  })
