import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerEvent } from '@secxops/protocol/events'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Events } from '../services.ts'
import { createApp } from './app.ts'
import { createEvents } from './events.ts'
import { route } from './route.ts'

const TOKEN = 'f'.repeat(64)
let app: FastifyInstance
let events: Events
let log: string[]
let cancelled: string[]

function build(tcp?: { token: string; hosts: string[] }): FastifyInstance {
  return createApp({
    events,
    hello: () => ({ type: 'hello', epoch: 7, version: '1.0.0' }),
    log: (line) => log.push(line),
    ...(tcp ? { tcp } : {}),
    routes: [
      (a) => {
        route(a, 'runs.cancel', ({ params }) => {
          cancelled.push(params.id)
          throw new Error('the pool is empty')
        })
        route(a, 'modules.argv', ({ body }) => ({ argv: [JSON.stringify(body.values)], problems: [] }))
        route(a, 'runs.list', ({ query }) => {
          expect(query.limit).toBeTypeOf('number')
          return []
        })
        route(a, 'library.list', () => [])
      },
    ],
  })
}

beforeEach(() => {
  events = createEvents()
  log = []
  cancelled = []
  app = build()
})
afterEach(() => app.close())

const GUARD = { 'x-secxops': '1' }
const module = { apiVersion: 'secxops/v1', kind: 'Module', name: 'a', start: 'true' }
const post = (url: string, payload: string, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url,
    payload,
    headers: { host: 'lab.example', 'content-type': 'application/json', ...GUARD, ...headers },
  })

test('a query that does not fit is answered with the field and the request id', async () => {
  const answer = await app.inject('/api/runs?limit=lots')
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'bad-request', where: { field: 'query.limit' } })
  expect(answer.json().requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect((await app.inject('/api/runs?limit=5')).statusCode).toBe(200)
})

test('an unforeseen failure is internal, logged with its stack and without the query', async () => {
  const answer = await post('/api/runs/r1/cancel?x=secret', '{}')
  expect(answer.statusCode).toBe(500)
  expect(answer.json()).toMatchObject({ code: 'internal', cause: 'the pool is empty' })
  expect(log.join('\n')).toContain('app.test.ts')
  expect(log.join('\n')).not.toContain('secret')
})

test.each([
  ['without the guard header', {}],
  ['from a foreign origin', { ...GUARD, origin: 'https://evil.example' }],
  ['from an origin that only starts like ours', { ...GUARD, origin: 'https://lab.example.evil.com' }],
  ['from an opaque origin', { ...GUARD, origin: 'null' }],
])('a POST %s changes nothing', async (_, headers) => {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/runs/r1/cancel',
    payload: {},
    headers: { host: 'lab.example', ...headers },
  })
  expect(answer.statusCode).toBe(403)
  expect(cancelled).toEqual([])
})

test('our own origin passes', async () => {
  await post('/api/runs/r1/cancel', '{}', { origin: 'https://lab.example' })
  expect(cancelled).toEqual(['r1'])
})

test('GET on a changing route is refused and says what to use', async () => {
  const answer = await app.inject('/api/runs/r1/cancel')
  expect(answer.statusCode).toBe(405)
  expect(answer.headers.allow).toBe('POST')
  expect(cancelled).toEqual([])
})

test('a form or text body is refused', async () => {
  const answer = await post('/api/modules/argv', JSON.stringify({ module }), { 'content-type': 'text/plain' })
  expect(answer.statusCode).toBe(400)
})

test('a body over 64 MB is refused', async () => {
  const answer = await post('/api/modules/argv', JSON.stringify({ module, values: { a: 'x'.repeat(67_200_000) } }))
  expect(answer.statusCode).toBe(413)
  expect(answer.json().code).toBe('too-large')
})

test('deeply nested JSON is refused before it is parsed', async () => {
  const answer = await post('/api/modules/argv', `{"values":${'['.repeat(1_000_000)}`)
  expect(answer.statusCode).toBe(400)
  expect(answer.json().message).toContain('nested deeper')
})

test('brackets inside a string are no nesting', async () => {
  const text = `${'['.repeat(500)}"\\`
  const answer = await post('/api/modules/argv', JSON.stringify({ module, values: { text } }))
  expect(answer.json().argv).toEqual([JSON.stringify({ text })])
})

test.each(['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'])(
  'prototype keys are refused: %s',
  async (values) => {
    const answer = await post('/api/modules/argv', `{"module":${JSON.stringify(module)},"values":${values}}`)
    expect(answer.statusCode).toBe(400)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  },
)

test.each(['/api/library/..%2f..%2fetc', '/api/library/%252e%252e', '/api/library/secrets'])(
  'a path parameter is decoded once and checked: %s',
  async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(400)
  },
)

test('over TCP the Host must be listed and the token right, and the token never stands in the address', async () => {
  await app.close()
  app = build({ token: TOKEN, hosts: ['127.0.0.1:4242'] })
  const ask = (url: string, host: string, token?: string) =>
    app.inject({ url, headers: { host, ...(token ? { authorization: `Bearer ${token}` } : {}) } })
  expect((await ask('/api/runs?limit=1', '127.0.0.1:4242', TOKEN)).statusCode).toBe(200)
  expect((await ask('/api/runs?limit=1', 'rebind.attacker.com', TOKEN)).statusCode).toBe(403)
  expect((await ask('/api/runs?limit=1', '127.0.0.1:4242')).statusCode).toBe(401)
  expect((await ask('/api/runs?limit=1', '127.0.0.1:4242', 'e'.repeat(64))).statusCode).toBe(401)
  expect((await ask(`/api/runs?token=${TOKEN}`, '127.0.0.1:4242', TOKEN)).statusCode).toBe(403)
  expect(log.join('\n')).not.toContain(TOKEN)
})

/** Reads a stream until `text` stands in it. */
function stream(port: number): {
  text(until: string): Promise<string>
  pause(): void
  resume(): void
  closed: Promise<void>
  end(): void
} {
  let all = ''
  let wake = (): void => {}
  const closed = Promise.withResolvers<void>()
  const request = httpRequest({ port, path: '/api/events', headers: { accept: 'text/event-stream' } }, (response) => {
    response.setEncoding('utf8').on('data', (part: string) => {
      all += part
      wake()
    })
    response.once('close', () => closed.resolve())
  })
  request.on('error', () => closed.resolve())
  request.end()
  return {
    closed: closed.promise,
    pause: () => request.socket?.pause(),
    resume: () => request.socket?.resume(),
    end: () => request.destroy(),
    async text(until) {
      while (!all.includes(until)) await new Promise<void>((resolve) => (wake = resolve))
      return all
    },
  }
}

const event: ServerEvent = { type: 'library', kind: 'dataset', name: 'waf', version: 3 }

test('a page hears hello first, then every event', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const page = stream((app.server.address() as AddressInfo).port)
  await page.text('"hello"')
  events.publish(event)
  const text = await page.text('waf')
  expect(text).toBe(`data: {"type":"hello","epoch":7,"version":"1.0.0"}\n\ndata: ${JSON.stringify(event)}\n\n`)
  page.end()
})

test('a page that does not read is cut off, others go on', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const slow = stream(port)
  const good = stream(port)
  await slow.text('"hello"')
  await good.text('"hello"')
  slow.pause()
  const big: ServerEvent = { type: 'module', name: 'x'.repeat(500_000), version: '1' }
  for (let i = 0; i < 40; i++) {
    events.publish(big)
    await new Promise((resolve) => setImmediate(resolve))
  }
  events.publish(event)
  await good.text('waf')
  slow.resume()
  await slow.closed
  expect(await slow.text('"hello"')).not.toContain('waf')
  good.end()
})
