import { ServerConnection } from '@jupyterlab/services'
import { expect, test } from 'vitest'
import { proxyFetch } from './fetch.ts'

const json = { 'content-type': 'application/json' }

function answers(...list: Response[]): { settings: ServerConnection.ISettings; asked: Request[] } {
  const asked: Request[] = []
  const fake = async (request: RequestInfo | URL): Promise<Response> => {
    asked.push(request as Request)
    const next = list.shift()
    if (!next) throw new Error('one request too many')
    return next
  }
  const settings = ServerConnection.makeSettings({ baseUrl: 'http://lab/user/a/', token: 'T', fetch: fake })
  return { settings, asked }
}

test('a request carries the login and no time stamp', async () => {
  const { settings, asked } = answers(new Response('[]', { headers: json }))
  await proxyFetch(settings, async () => undefined)('http://lab/user/a/secxops/api/runs?limit=5', { method: 'GET' })
  expect(asked[0]?.url).toBe('http://lab/user/a/secxops/api/runs?limit=5')
  expect(asked[0]?.headers.get('authorization')).toBe('token T')
})

test('a backend that is gone is brought back and a reading request is sent again', async () => {
  const { settings, asked } = answers(new Response('<html>', { status: 500 }), new Response('[]', { headers: json }))
  let revived = 0
  const send = proxyFetch(settings, async () => void revived++)
  expect((await send('http://lab/user/a/secxops/api/runs', { method: 'GET' })).status).toBe(200)
  expect([revived, asked.length]).toEqual([1, 2])
})

test('a changing request is never sent twice', async () => {
  const { settings, asked } = answers(new Response('<html>', { status: 500 }))
  const send = proxyFetch(settings, async () => undefined)
  await expect(send('http://lab/user/a/secxops/api/runs', { method: 'POST' })).rejects.toThrow('cannot reach')
  expect(asked.length).toBe(1)
})

test('an error of the backend itself passes unchanged', async () => {
  const { settings } = answers(new Response('{}', { status: 503, headers: json }))
  const send = proxyFetch(settings, () => Promise.reject(new Error('not asked for')))
  expect((await send('http://lab/user/a/secxops/api/runs', { method: 'GET' })).status).toBe(503)
})
