import type { DatabaseSync } from 'node:sqlite'
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
import {
  addEmbedder,
  findEmbedder,
  findVector,
  forgetAsked,
  type KeptVector,
  keepVector,
  useVector,
} from './vector-table.ts'

export interface EmbeddingNeeds {
  store: Store
  settings: Pick<SettingsService, 'get'>
  keys: Pick<ServiceKeys, 'get'>
  /** The bundled model; undefined where it cannot run. */
  server: LocalServer | undefined
  fetch?: Fetch
  /** Texts that were only asked whose vectors are kept: those that were asked last. */
  askedKept?: number
}

/** With 384 numbers a text about 350 MB. */
const ASKED_KEPT = 200_000
/** After so many new ones the oldest are forgotten, as a share of those that are kept. */
const FORGET_EVERY = 0.05

/** Texts of one request. A question that comes while a file is embedded waits for one request at most. */
const BATCH = { bundled: 8, endpoint: 64 }

/** Texts become vectors, each once: what was embedded is kept in SQLite, and texts that are asked for at the same time share a request. */
export function createEmbedding({
  store,
  settings,
  keys,
  server,
  fetch = globalThis.fetch,
  askedKept = ASKED_KEPT,
}: EmbeddingNeeds): Embedding {
  /** Asked for or not yet durable, by embedder and text. */
  const young = new Map<string, Promise<Float32Array>>()
  const writes = new Set<Promise<unknown>>()
  /** Since the oldest were forgotten; at first not known. */
  let newlyAsked = Number.POSITIVE_INFINITY
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

  function stored(identity: string, text: string): KeptVector | undefined {
    const embedder = findEmbedder(store.db, identity)
    return embedder && findVector(store.db, embedder.id, text)
  }

  /** Writes what a lost write would only make be embedded, or asked, once more. */
  function later(write: Promise<unknown>, then?: () => void): void {
    const done = write
      .catch(() => undefined)
      .finally(() => {
        writes.delete(done)
        then?.()
      })
    writes.add(done)
  }

  function use(identity: string, texts: readonly string[], used: number | null): void {
    if (texts.length === 0) return
    later(
      store.write((db) => {
        const { id } = findEmbedder(db, identity) ?? {}
        if (id !== undefined) for (const text of texts) useVector(db, id, text, used)
      }),
    )
  }

  function forgetOldest(db: DatabaseSync, asked: number): void {
    newlyAsked += asked
    if (newlyAsked < askedKept * FORGET_EVERY) return
    newlyAsked = 0
    forgetAsked(db, askedKept)
  }

  /** One request; what it gives is kept. */
  async function ask(identity: string, texts: readonly string[], used: number | null): Promise<Float32Array[]> {
    const endpoint = endpointOf(identity)
    // The first start of the bundled model makes its environment, which takes longer than a request may.
    if (endpoint.url === '/v1') await server?.use(async () => undefined)
    const vectors = await requestVectors(endpoint, texts, closing.signal)
    const dimension = vectors[0]?.length ?? 0
    const before = findEmbedder(store.db, identity)?.dimension
    if (before !== undefined && before !== dimension) throw otherModel(endpoint.title, before, dimension)
    const write = store.write((db) => {
      const { id } = addEmbedder(db, identity, dimension)
      for (const [at, text] of texts.entries()) keepVector(db, id, text, { vector: vectors[at] as Float32Array, used })
      if (used !== null) forgetOldest(db, texts.length)
    })
    later(write, () => {
      for (const text of texts) young.delete(keyOf(identity, text))
    })
    return vectors
  }

  function askAll(identity: string, texts: readonly string[], used: number | null): void {
    const answer = ask(identity, texts, used)
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

    known: (texts, identity = wanted()) => texts.map((text) => stored(identity, text)?.vector),

    async vectors(texts, { signal, progress, asked = false, embedder: identity = wanted() } = {}) {
      const used = asked ? Math.floor(Date.now() / 86_400_000) : null
      /** Whose last use is another than is known. */
      const touched: string[] = []
      const found = new Map<string, Float32Array>()
      const size = parseIdentity(identity).url === '' ? BATCH.bundled : BATCH.endpoint
      const left: string[] = []
      for (const text of new Set(texts)) {
        if (text.trim() === '') throw emptyText()
        const kept = young.has(keyOf(identity, text)) ? undefined : stored(identity, text)
        if (kept) found.set(text, kept.vector)
        else left.push(text)
        if (kept && kept.used !== null && kept.used !== used) touched.push(text)
      }
      for (let at = 0; at < left.length; at += size) {
        signal?.throwIfAborted()
        const batch = left.slice(at, at + size)
        const missing = batch.filter((text) => !young.has(keyOf(identity, text)) && !stored(identity, text))
        if (missing.length > 0) askAll(identity, missing, used)
        if (!asked && missing.length < batch.length) touched.push(...batch.filter((text) => !missing.includes(text)))
        // Looked up in the same turn, so each text is either asked for or stored.
        const coming = batch.map(
          (text) => young.get(keyOf(identity, text)) ?? (stored(identity, text) as KeptVector).vector,
        )
        const vectors = await untilAborted(Promise.all(coming), signal)
        for (const [at, text] of batch.entries()) found.set(text, vectors[at] as Float32Array)
        progress?.(found.size)
      }
      // After what was asked for meanwhile is written.
      use(identity, touched, used)
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
