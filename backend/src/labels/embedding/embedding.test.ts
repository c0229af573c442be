import { mkdtempSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { SecxopsError } from '@secxops/protocol/errors'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Store } from '../../services.ts'
import { openStore } from '../../store/store.ts'
import type { Embedding } from '../services.ts'
import { createEmbedding } from './embedding.ts'
import { embeddingMigrations } from './migrations.ts'

type Answer = (input: string[], response: ServerResponse, request: IncomingMessage) => void

let server: Server
let store: Store
let url: string
/** Texts of each request. */
let asked: string[][]
let answer: Answer
let embedding: Embedding
let settings: { url: string; model: string }

/** A direction that the text alone decides, not of length 1. */
const numbers = (text: string, dimension = 4): number[] =>
  Array.from({ length: dimension }, (_, i) => 1 + ((text.charCodeAt(0) * 7 + text.length + i * 3) % 11))

const vectors: Answer = (input, response) =>
  response.end(JSON.stringify({ data: input.map((text, index) => ({ index, embedding: numbers(text) })) }))

beforeEach(async () => {
  asked = []
  answer = vectors
  server = createServer(async (request, response) => {
    const { input } = JSON.parse(await textOf(request)) as { input: string[] }
    asked.push(input)
    answer(input, response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  settings = { url, model: 'm' }
  store = openStore(join(mkdtempSync(join(tmpdir(), 'secxops-embedding-')), 'a.db'), 'next', embeddingMigrations)
  embedding = open()
})
afterEach(async () => {
  await embedding.close()
  await store.close()
  server.closeAllConnections()
  server.close()
})

function open(askedKept?: number): Embedding {
  return createEmbedding({
    store,
    ...(askedKept === undefined ? {} : { askedKept }),
    settings: { get: () => ({ embedder: settings }) as never },
    keys: { get: () => 'the-key' },
    server: undefined,
  })
}

async function failure(texts: string[]): Promise<SecxopsError> {
  const error = await embedding.vectors(texts).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SecxopsError)
  return error as SecxopsError
}

describe('embedding', () => {
  it('gives vectors of length 1 in the order of the texts, by any order of the answer', async () => {
    answer = (input, response) =>
      response.end(
        JSON.stringify({ data: input.map((text, index) => ({ index, embedding: numbers(text, 1024) })).reverse() }),
      )
    const [a, b, again] = await embedding.vectors(['alpha', 'be', 'alpha'])
    expect(a).toHaveLength(1024)
    expect(Math.hypot(...(a ?? []))).toBeCloseTo(1)
    expect(again).toEqual(a)
    expect(b).not.toEqual(a)
    await embedding.settled()
    expect(embedding.dimension()).toBe(1024)
  })

  it('embeds a text once: in one call, at the same time, and after it was opened anew', async () => {
    await Promise.all([embedding.vectors(['x', 'y', 'x']), embedding.vectors(['y', 'z'])])
    await embedding.settled()
    const before = embedding.known(['x', 'y', 'z', 'never'])
    await embedding.close()
    embedding = open()
    expect(await embedding.vectors(['z', 'x'])).toEqual([before[2], before[0]])
    expect(before[3]).toBeUndefined()
    expect(asked.flat().sort()).toEqual(['x', 'y', 'z'])
  })

  it('takes base64 as it takes numbers, and sends the key', async () => {
    let authorization: string | undefined
    answer = (input, response, request) => {
      authorization = request.headers.authorization
      const data = input.map((text) => ({
        embedding: Buffer.from(Float32Array.from(numbers(text)).buffer).toString('base64'),
      }))
      response.end(JSON.stringify({ data }))
    }
    const [vector] = await embedding.vectors(['t'])
    expect([...(vector ?? [])]).toHaveLength(4)
    expect(authorization).toBe('Bearer the-key')
  })

  it('asks a busy server again', async () => {
    answer = (input, response, request) => {
      answer = vectors
      response.statusCode = 503
      response.end(request.method)
      expect(input).toEqual(['t'])
    }
    expect(await embedding.vectors(['t'])).toHaveLength(1)
    expect(asked).toEqual([['t'], ['t']])
  })

  it.each<[string, Answer, RegExp]>([
    ['HTML', (_, r) => r.end('<html><body>Log in first</body></html>'), /no list of embeddings but "Log in first"/],
    ['nothing', (_, r) => r.end(), /no list of embeddings but "nothing"/],
    ['half an answer', (_, r) => r.end('{"data":[{"embed'), /no list of embeddings/],
    ['too few vectors', (_, r) => r.end('{"data":[]}'), /0 vectors for 1 texts/],
    ['a vector of zeros', (_, r) => r.end('{"data":[{"embedding":[0,0]}]}'), /empty, zero or not made of numbers/],
    ['a refusal', (_, r) => r.writeHead(401).end('who are you'), /refused the key \(401: who are you\)/],
    ['an unknown model', (_, r) => r.writeHead(404).end('{"error":"no model m"}'), /answered 404: .*no model m/],
  ])('says in words that the embedder gave %s', async (_, wrong, words) => {
    answer = wrong
    const { body } = await failure(['t'])
    expect(body.code).toBe('unavailable')
    expect(body.message).toMatch(words)
    expect(JSON.stringify(body)).not.toContain('the-key')
  })

  it('says that nobody listens, and embeds when somebody does', async () => {
    settings = { url: 'http://127.0.0.1:1/v1', model: 'm' }
    expect((await failure(['t'])).body.message).toMatch(/cannot be reached/)
    settings = { url, model: 'm' }
    expect(await embedding.vectors(['t'])).toHaveLength(1)
  })

  it('keeps the vectors of two models apart and still answers for the one before', async () => {
    const before = embedding.identity()
    const [old] = await embedding.vectors(['t'])
    await embedding.settled()
    settings = { url, model: 'other' }
    expect(embedding.known(['t'])).toEqual([undefined])
    answer = (input, response) =>
      response.end(JSON.stringify({ data: input.map((text) => ({ embedding: numbers(text, 8) })) }))
    expect((await embedding.vectors(['t']))[0]).toHaveLength(8)
    expect(await embedding.vectors(['t'], { embedder: before })).toEqual([old])
  })

  it('notices another model behind the same name', async () => {
    await embedding.vectors(['t'])
    await embedding.settled()
    answer = (input, response) =>
      response.end(JSON.stringify({ data: input.map((text) => ({ embedding: numbers(text, 8) })) }))
    expect((await failure(['u'])).body).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/8 numbers.*4/),
    })
  })

  it('refuses an empty text and takes one with half a character', async () => {
    expect((await failure([' '])).body.code).toBe('bad-request')
    expect(await embedding.vectors(['\ud800 half'])).toHaveLength(1)
  })

  it('lets one who waits go; the other gets its vector', async () => {
    const leaving = new AbortController()
    const first = embedding.vectors(['t'], { signal: leaving.signal })
    const second = embedding.vectors(['t'])
    leaving.abort(new Error('gone'))
    await expect(first).rejects.toThrow('gone')
    expect(await second).toHaveLength(1)
    expect(asked).toHaveLength(1)
  })

  it('names what can be done where the bundled model does not run', async () => {
    settings = { url: '', model: '' }
    expect((await failure(['t'])).body.message).toMatch(/Linux with an x86-64.*Ollama/)
  })
})

describe('texts that are only asked', () => {
  const known = (texts: string[]): string[] => {
    const vectors = embedding.known(texts)
    return texts.filter((_, at) => vectors[at])
  }
  const ask = async (texts: string[]): Promise<void> => {
    for (const text of texts) await embedding.vectors([text], { asked: true })
    await embedding.settled()
  }

  it('are forgotten but for the newest; what is more than a question stays', async () => {
    await embedding.close()
    embedding = open(3)
    await embedding.vectors(['reference'])
    await ask(['a', 'b', 'c', 'd', 'e'])
    expect(known(['reference', 'a', 'b', 'c', 'd', 'e'])).toEqual(['reference', 'c', 'd', 'e'])
  })

  it('stay once they are more than that, also where both are asked for at the same time', async () => {
    await embedding.close()
    embedding = open(1)
    await ask(['accepted'])
    await embedding.vectors(['accepted'])
    await Promise.all([embedding.vectors(['both'], { asked: true }), embedding.vectors(['both'])])
    await embedding.settled()
    await ask(['a', 'b', 'accepted', 'c'])
    expect(known(['accepted', 'both', 'a', 'b', 'c'])).toEqual(['accepted', 'both', 'c'])
    expect(asked.flat()).toEqual(['accepted', 'both', 'a', 'b', 'c'])
  })

  it('asked again on another day are newer than those of the day between', async () => {
    await embedding.close()
    embedding = open(2)
    vi.useFakeTimers({ toFake: ['Date'], now: 0 })
    try {
      await ask(['old', 'older'])
      vi.setSystemTime(86_400_000)
      await ask(['older'])
      await ask(['new'])
    } finally {
      vi.useRealTimers()
    }
    expect(known(['old', 'older', 'new'])).toEqual(['older', 'new'])
  })
})
