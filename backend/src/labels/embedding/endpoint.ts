import type { Fetch } from '@secxops/client/http-request'
import { SecxopsError } from '@secxops/protocol/errors'
import * as z from 'zod'
import { floatsOf } from './vector-table.ts'

/** An OpenAI-compatible address for embeddings. */
export interface Endpoint {
  /** For messages. */
  title: string
  /** Without `/embeddings`. */
  url: string
  /** As the address wants it. */
  model: string
  key: string | undefined
  fetch: Fetch
}

/** Milliseconds for one request. */
const PATIENCE = 60_000
/** Milliseconds before each further try. */
const WAITS = [500, 2000]
/** A server may ask for a pause; a longer one is left to who asked. */
const LONGEST_PAUSE = 10_000

const Body = z.object({
  data: z.array(z.object({ index: z.int().min(0).optional(), embedding: z.string().or(z.array(z.number())) })),
})

/** An answer that another try may better: the server is busy or away. */
class Temporary extends Error {
  readonly pause: number
  constructor(message: string, pause = 0) {
    super(message)
    this.pause = pause
  }
}

/**
 * Vectors of texts in their order, each of length 1 and all of one dimension. One request; tried again when the server is away or
 * busy. Rejects with unavailable, in words, for everything else that is no vector.
 */
export async function requestVectors(
  endpoint: Endpoint,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  for (let tries = 0; ; tries++) {
    try {
      return await requestOnce(endpoint, texts, signal)
    } catch (error) {
      signal?.throwIfAborted()
      const wait = WAITS[tries]
      if (!(error instanceof Temporary) || wait === undefined || error.pause > LONGEST_PAUSE)
        throw unavailable(endpoint, error)
      await pause(Math.max(wait, error.pause), signal)
    }
  }
}

async function requestOnce(
  { url, model, key, fetch }: Endpoint,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const timeout = AbortSignal.timeout(PATIENCE)
  const answer = await fetch(`${url}/embeddings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ model, input: texts.map((text) => text.toWellFormed()), encoding_format: 'base64' }),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  })
    .then(async (response) => ({ response, text: await response.text() }))
    .catch((error: unknown) => {
      signal?.throwIfAborted()
      if (error instanceof SecxopsError) throw error
      throw new Temporary(
        timeout.aborted
          ? `it gave no answer within ${PATIENCE / 1000} seconds`
          : `it cannot be reached (${reason(error)})`,
      )
    })
  const { response, text } = answer
  if (!response.ok) throw refused(response.status, response.headers.get('retry-after'), text)
  return vectorsOf(text, texts.length)
}

function refused(status: number, retryAfter: string | null, text: string): Error {
  const said = excerpt(text)
  if (status === 401 || status === 403) return new Error(`it refused the key (${status}: ${said}). Set its key again`)
  const words = `it answered ${status}: ${said}`
  if (status === 429 || status >= 500) return new Temporary(words, Number(retryAfter ?? 0) * 1000 || 0)
  return new Error(words)
}

function vectorsOf(text: string, count: number): Float32Array[] {
  const parsed = Body.safeParse(parse(text))
  if (!parsed.success)
    throw new Error(`its answer is no list of embeddings but "${excerpt(text)}". Does its address end with /v1?`)
  const rows = parsed.data.data
  if (rows.length !== count) throw new Error(`it gave ${rows.length} vectors for ${count} texts`)
  const vectors = new Array<Float32Array | undefined>(count)
  rows.forEach(({ index, embedding }, at) => {
    vectors[index ?? at] = unitVector(embedding)
  })
  const dimension = vectors[0]?.length
  if (vectors.some((vector) => vector === undefined || vector.length !== dimension))
    throw new Error('its vectors do not belong one to each text, or differ in length')
  return vectors as Float32Array[]
}

function unitVector(embedding: string | number[]): Float32Array {
  // Not every server knows base64; then it sends numbers.
  const values =
    typeof embedding === 'string' ? floatsOf(Buffer.from(embedding, 'base64')) : Float32Array.from(embedding)
  let squares = 0
  for (const value of values) squares += value * value
  if (values.length === 0 || !Number.isFinite(squares) || squares === 0)
    throw new Error('a vector of its answer is empty, zero or not made of numbers')
  const scale = 1 / Math.sqrt(squares)
  // A vector that has the length already keeps its very bytes.
  return Math.abs(squares - 1) < 1e-5 ? Float32Array.from(values) : Float32Array.from(values, (value) => value * scale)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The beginning of what a server said, on one line and without control characters. */
function excerpt(text: string): string {
  const line = text
    .slice(0, 600)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
  return line === '' ? 'nothing' : line.slice(0, 200)
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message || String('code' in cause ? cause.code : cause.name) : String(cause)
}

function unavailable({ title, url }: Endpoint, error: unknown): SecxopsError {
  if (error instanceof SecxopsError) return error
  return new SecxopsError(
    {
      code: 'unavailable',
      message: `Texts cannot be embedded: ${title}: ${reason(error)}. Nothing was lost; it is asked again with the next text. The settings "embedder" name another one.`,
      where: { field: 'embedder' },
      ...(url.startsWith('http') ? { cause: url } : {}),
    },
    { cause: error },
  )
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', leave, { once: true })
  })
}
