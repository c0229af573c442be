import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SecxopsError } from '@secxops/protocol/errors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { createEvents } from '../../server/events.ts'
import { registerNniPage } from './page-routes.ts'

const asked: string[] = []
/** Stands for a manager: it says what it was asked. */
const manager = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`)
  const where = request.url?.includes('/main.') ? '-1!==location.pathname.indexOf("experiment")' : request.url
  response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=b' }).end(`page ${where}`)
})
const app = createApp({
  events: createEvents(),
  hello: () => ({ type: 'hello', epoch: 1, version: '1' }),
  log: () => undefined,
  routes: [
    (routes) =>
      registerNniPage(routes, (id) => {
        if (id !== 'mine') throw new SecxopsError({ code: 'not-found', message: 'There is none.' })
        return { port: (manager.address() as AddressInfo).port, prefix: 'secret' }
      }),
  ],
})
beforeAll(() => new Promise<void>((resolve) => manager.listen(0, '127.0.0.1', resolve)))
afterAll(async () => {
  await app.close()
  manager.close()
})

test.each([
  '',
  'oview',
  'static/js/964.da8430c5.js',
  'icons/overview-1.png',
  'editor.worker.js',
  'logs/nnimanager.log',
  'api/v1/nni/check-status',
  'api/v1/nni/trial-jobs?status=RUNNING',
  'api/v1/nni/metric-data/aB3dE',
  'api/v1/nni/metric-data-range/0/20',
  'api/v1/nni/trial-file/aB3dE/trial.log',
])('the page may read %j', async (path) => {
  const answer = await app.inject(`/api/experiments/mine/nni/${path}`)
  expect([answer.statusCode, answer.body]).toEqual([200, `page /secret/${path}`])
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'self'")
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test.each([
  'netron/index.html',
  'api/v1/nni/trial-file/aB3dE/params.json',
  'api/v1/nni/trial-file/aB3dE/..%2f..%2fsecret',
  'api/v1/nni/../../../other',
  'static/../api/v1/nni/experiment/import-data',
  'static/%2e%2e/x',
  'tuner',
  'env/local-env/aB3dE',
  'logs/../db/nni.sqlite',
  '/evil.example',
])('nothing else is asked of the manager: %j', async (path) => {
  asked.length = 0
  expect((await app.inject(`/api/experiments/mine/nni/${path}`)).statusCode).toBe(404)
  expect(asked).toEqual([])
})

test.each(['POST', 'PUT', 'DELETE'] as const)(
  '%s never reaches the manager, with or without our header',
  async (method) => {
    asked.length = 0
    const url = '/api/experiments/mine/nni/api/v1/nni/experiment'
    expect((await app.inject({ method, url })).statusCode).toBe(403)
    expect((await app.inject({ method, url, headers: { 'x-secxops': '1' } })).statusCode).toBe(404)
    expect(asked).toEqual([])
  },
)

test('the word experiment in its address does not make the page think that it is the list of all', async () => {
  const answer = await app.inject('/api/experiments/mine/nni/static/js/main.0876431c.js')
  expect(answer.body).toBe('page !!location.pathname.endsWith("/experiment")')
})

test('an experiment without a page says so', async () => {
  expect((await app.inject('/api/experiments/other/nni/')).statusCode).toBe(404)
})
