import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createHttpClient } from '../http-client.ts'
import { socketFetch } from './socket-fetch.ts'

/** A client of a server on a socket of its own. */
async function clientOf(listener: RequestListener) {
  const folder = mkdtempSync(join(tmpdir(), 'sxf-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return createHttpClient({ base: 'http://secxops', fetch: socketFetch(join(folder, 's')) })
}

test('a request arrives as it was made, and its answer is read', async () => {
  const client = await clientOf(async (request, response) => {
    const body = await new Response(request).text()
    response.end(JSON.stringify([request.method, request.url, request.headers['x-secxops'], body]))
  })
  await expect(client.call('runs.cancel', { params: { id: 'r' }, body: {} })).resolves.toEqual([
    'POST',
    '/api/runs/r/cancel',
    '1',
    '{}',
  ])
})

test('an error of the backend is told in its words', async () => {
  const client = await clientOf((_, response) =>
    response.writeHead(404).end(JSON.stringify({ code: 'not-found', message: 'There is no run r.' })),
  )
  await expect(client.call('runs.get', { params: { id: 'r' } })).rejects.toMatchObject({ body: { code: 'not-found' } })
})

test('an answer that breaks off is no answer', async () => {
  const client = await clientOf((_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('[', () => response.destroy())
  })
  await expect(client.call('modules.list', {})).rejects.toMatchObject({ body: { code: 'unavailable' } })
})

test('all events of a stream arrive, however many at once', async () => {
  const LAST = 5000
  const client = await clientOf((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`data: ${JSON.stringify({ type: 'hello', epoch: 1, version: '1' })}\n\n`)
    for (let epoch = 2; epoch <= LAST; epoch += 1)
      response.write(`data: ${JSON.stringify({ type: 'hello', epoch, version: 'x'.repeat(100) })}\n\n`)
  })
  const epochs: number[] = []
  await new Promise<void>((resolve) => {
    const stop = client.subscribe({
      event(event) {
        if (event.type !== 'hello') return
        epochs.push(event.epoch)
        if (event.epoch === LAST) resolve()
      },
    })
    onTestFinished(stop)
  })
  expect(epochs).toEqual(Array.from({ length: LAST }, (_, index) => index + 1))
})
