import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Connection } from './client.ts'
import { createHttpClient } from './http-client.ts'
import type { Fetch } from './http-request.ts'

interface Seen {
  url: string
  init: RequestInit
}

/** A server in the place of `fetch`: answers calls in order and hands out the streams it opened. */
function server(...answers: (Response | Error)[]) {
  const seen: Seen[] = []
  const streams: { send(text: string): void; end(): void; aborted(): boolean }[] = []
  const fetch: Fetch = async (url, init) => {
    seen.push({ url, init })
    if (url.endsWith('/api/events') && answers.length === 0) {
      let controller: ReadableStreamDefaultController<Uint8Array> | undefined
      const body = new ReadableStream<Uint8Array>({
        start: (c) => {
          controller = c
        },
      })
      init.signal?.addEventListener('abort', () => {
        try {
          controller?.error(init.signal?.reason)
        } catch {
          // already closed by the reader
        }
      })
      streams.push({
        send: (text) => controller?.enqueue(new TextEncoder().encode(text)),
        end: () => controller?.close(),
        aborted: () => init.signal?.aborted === true,
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
    }
    const answer = answers.shift()
    if (!answer) throw new Error('no answer left')
    if (answer instanceof Error) throw answer
    return answer
  }
  return {
    seen,
    streams,
    client: createHttpClient({ base: 'http://host/base/', fetch, headers: { authorization: 'token t' } }),
  }
}

const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })
const hello = 'data: {"type":"hello","epoch":1,"version":"0.1.0"}\n\n'

describe('calls', () => {
  it('fill path and query, and answer the JSON', async () => {
    const { client, seen } = server(json({ offset: 3 }))
    const answer = await client.call('runs.log', {
      params: { id: 'a/b', node: 'train', attempt: 2 },
      query: { offset: 3, wait: undefined },
    })
    expect(answer).toEqual({ offset: 3 })
    expect(seen[0]?.url).toBe('http://host/base/api/runs/a%2Fb/nodes/train/attempts/2/log?offset=3')
    expect(seen[0]?.init).toMatchObject({
      method: 'GET',
      headers: { accept: 'application/json', authorization: 'token t' },
    })
    expect(seen[0]?.init.headers).not.toHaveProperty('x-secxops')
  })

  it('that change something carry the guard header and a JSON body', async () => {
    const { client, seen } = server(json({}), json({}))
    await client.call('runs.cancel', { params: { id: 'r' } })
    await client.call('settings.update', { body: { maxParallel: 3 } })
    expect(seen.map(({ init }) => [init.method, init.body])).toEqual([
      ['POST', '{}'],
      ['PATCH', '{"maxParallel":3}'],
    ])
    for (const { init } of seen)
      expect(init.headers).toMatchObject({ 'x-secxops': '1', 'content-type': 'application/json' })
  })

  it.each([
    [
      'an error of the backend, unchanged',
      json({ code: 'cycle', message: 'a → a' }, 400),
      { code: 'cycle', message: 'a → a' },
    ],
    ['no connection', new TypeError('fetch failed'), { code: 'unavailable', cause: 'fetch failed' }],
    ['a proxy without its backend', new Response('<html>', { status: 502 }), { code: 'unavailable' }],
    ['a log-in page', new Response('<html>login'), { code: 'unavailable', cause: 'expected JSON, got <html>login' }],
    ['a refused token', new Response('no', { status: 403 }), { code: 'forbidden' }],
    ['an unknown error', new Response('boom', { status: 500 }), { code: 'internal', cause: 'boom' }],
  ])('reject with %s', async (_, answer, body) => {
    const { client } = server(answer)
    await expect(client.call('health.get', {})).rejects.toMatchObject({ name: 'SecxopsError', body })
  })

  it('refuse a path that would lead elsewhere', async () => {
    const { client, seen } = server()
    await expect(client.call('runs.get', { params: { id: '..' } })).rejects.toMatchObject({
      body: { code: 'bad-request' },
    })
    expect(seen).toEqual([])
  })

  it('reject with the reason of an abort', async () => {
    const stop = new AbortController()
    const { client } = server(new Error('aborted by fetch'))
    stop.abort(new Error('left'))
    await expect(client.call('health.get', {}, { signal: stop.signal })).rejects.toThrow('left')
  })
})

describe('the stream of events', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(1)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  /** Lets everything happen that is due within `ms`. */
  const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

  function watch({ client }: ReturnType<typeof server>) {
    const events: string[] = []
    const states: [Connection['state'], boolean][] = []
    const stop = client.subscribe({
      event: (event) => void events.push(event.type),
      connection: (connection, fresh) => void states.push([connection.state, fresh]),
    })
    return { events, states, stop }
  }

  it('opens with the first subscriber, tells events to all, closes with the last', async () => {
    const backend = server()
    const first = watch(backend)
    const second = watch(backend)
    await pass()
    expect(backend.seen).toHaveLength(1)
    expect(backend.seen[0]?.init.headers).toMatchObject({ accept: 'text/event-stream' })
    backend.streams[0]?.send(hello)
    await pass()
    expect(backend.client.connection).toEqual({ state: 'open', version: '0.1.0' })
    expect([first.events, second.events]).toEqual([['hello'], ['hello']])
    first.stop()
    expect(backend.streams[0]?.aborted()).toBe(false)
    second.stop()
    second.stop()
    expect(backend.streams[0]?.aborted()).toBe(true)
    await pass(60_000)
    expect(backend.seen).toHaveLength(1)
  })

  it('comes back after the server closed it, and says that what is shown may be old', async () => {
    const backend = server()
    const { states } = watch(backend)
    await pass()
    backend.streams[0]?.send(hello)
    await pass()
    backend.streams[0]?.end()
    await pass()
    expect(backend.client.connection).toMatchObject({ state: 'lost', retryAt: Date.now() + 500 })
    await pass(500)
    backend.streams[1]?.send(hello)
    await pass()
    expect(states).toEqual([
      ['connecting', false],
      ['open', true],
      ['lost', false],
      ['lost', false],
      ['open', true],
    ])
  })

  it('notices a dead connection by the missing heartbeat', async () => {
    const backend = server()
    watch(backend)
    await pass()
    backend.streams[0]?.send(hello)
    await pass(30_000)
    backend.streams[0]?.send(': beat\n\n')
    await pass(34_000)
    expect(backend.client.connection.state).toBe('open')
    await pass(1000)
    expect(backend.client.connection.state).toBe('lost')
    expect(backend.streams[0]?.aborted()).toBe(true)
  })

  it('waits longer after each failure, ten seconds at most, and starts small again after a success', async () => {
    const down = Array.from({ length: 7 }, () => new TypeError('down'))
    const backend = server(...down)
    watch(backend)
    const waits: number[] = []
    for (let i = 0; i < 7; i++) {
      await pass()
      const { connection } = backend.client
      if (connection.state === 'lost') {
        waits.push(connection.retryAt - Date.now())
        await pass(connection.retryAt - Date.now())
      }
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000])
    backend.streams[0]?.send(hello)
    await pass()
    backend.streams[0]?.end()
    await pass()
    expect(backend.client.connection).toMatchObject({ retryAt: Date.now() + 500 })
  })

  it('reconnects at once when asked, and not twice', async () => {
    const backend = server(new TypeError('down'))
    const { stop } = watch(backend)
    await pass()
    backend.client.reconnect()
    backend.client.reconnect()
    await pass()
    expect(backend.seen).toHaveLength(2)
    stop()
    backend.client.reconnect()
    await pass()
    expect(backend.seen).toHaveLength(2)
  })

  it.each([
    ['a page instead of events', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['an error', json({ code: 'unauthorized', message: 'no' }, 401)],
    ['a broken event', new Response('data: {\n\n', { headers: { 'content-type': 'text/event-stream' } })],
  ])('takes %s for a lost connection', async (_, answer) => {
    const backend = server(answer)
    watch(backend)
    await pass()
    expect(backend.client.connection.state).toBe('lost')
  })

  it('one failing listener does not silence the others', async () => {
    const backend = server()
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    backend.client.subscribe({
      event: () => {
        throw new Error('broken panel')
      },
    })
    const { events } = watch(backend)
    await pass()
    backend.streams[0]?.send(hello)
    await pass()
    expect(events).toEqual(['hello'])
    expect(complaint).toHaveBeenCalledOnce()
  })
})
