import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Backend, type BackendState } from './backend.ts'
import { BackendProblem, type Target } from './target.ts'

const cleanups: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean()
})

/** A daemon on a socket of its own: answers health and one stream; `requests` are what reached it. */
async function daemon(socket: string, version = '0.1.0+a'): Promise<{ server: Server; requests: string[] }> {
  const requests: string[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url}`)
    if (request.url === '/api/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`data: ${JSON.stringify({ type: 'hello', epoch: 1, version })}\n\n`)
    } else response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, requests }
}

function socketFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sxb-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const targetAt = (socket: string): Target => ({ socket, version: '0.1.0+a', home: '/home/of/it' })

function backendOf(locate: () => Promise<Target>): { backend: Backend; states: string[] } {
  const backend = new Backend({ locate, guard: (client) => client })
  const states: string[] = []
  backend.onState((state: BackendState) => states.push(state.kind))
  return { backend, states }
}

async function stopped({ server }: { server: Server }): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

describe('the connection to the backend', () => {
  test('finds it on the first call, once for many callers', async () => {
    const socket = join(socketFolder(), 's')
    await daemon(socket)
    const locate = vi.fn(async () => targetAt(socket))
    const { backend, states } = backendOf(locate)
    expect(backend.state.kind).toBe('idle')
    await Promise.all([1, 2, 3].map(() => backend.client.call('modules.list', {})))
    expect(locate).toHaveBeenCalledTimes(1)
    expect(states).toEqual(['starting', 'ready'])
  })

  test('starts it again when it was killed, and no request is lost', async () => {
    const socket = join(socketFolder(), 's')
    const first = await daemon(socket)
    let revived: Awaited<ReturnType<typeof daemon>> | undefined
    const { backend } = backendOf(async () => {
      if (first.requests.length > 0) revived = await daemon(socket)
      return targetAt(socket)
    })
    await backend.client.call('modules.list', {})
    await stopped(first)
    await backend.client.call('runs.cancel', { params: { id: 'r' }, body: {} })
    expect(revived?.requests).toEqual(['POST /api/runs/r/cancel'])
  })

  test('does not send twice what may have been done already', async () => {
    const socket = join(socketFolder(), 's')
    let asked = 0
    const server = createServer((request) => {
      asked++
      request.socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    cleanups.push(() => void server.close())
    const { backend } = backendOf(async () => targetAt(socket))
    await expect(backend.client.call('runs.cancel', { params: { id: 'r' }, body: {} })).rejects.toMatchObject({
      body: { code: 'unavailable' },
    })
    expect(asked).toBe(1)
    await expect(backend.client.call('modules.list', {})).rejects.toMatchObject({ body: { code: 'unavailable' } })
    expect(asked).toBe(3)
  })

  test('says why there is none, and tries again at once when asked', async () => {
    const socket = join(socketFolder(), 's')
    await daemon(socket)
    const problem = new BackendProblem({ code: 'unavailable', message: 'SecXOps needs Node 24.' }, 'node')
    const locate = vi.fn<() => Promise<Target>>().mockRejectedValueOnce(problem).mockResolvedValue(targetAt(socket))
    const { backend } = backendOf(locate)
    await expect(backend.client.call('modules.list', {})).rejects.toMatchObject({ body: problem.body })
    expect(backend.state).toEqual({ kind: 'failed', error: problem.body, remedy: 'node' })
    await expect(backend.client.call('modules.list', {})).rejects.toMatchObject({ body: problem.body })
    expect(locate).toHaveBeenCalledTimes(1)
    backend.retry()
    await expect(backend.client.call('modules.list', {})).resolves.toEqual([])
  })

  test('works with another one after its settings changed, without asking the old one again', async () => {
    const folder = socketFolder()
    const [a, b] = [await daemon(join(folder, 'a')), await daemon(join(folder, 'b'))]
    let meant = 'a'
    const { backend } = backendOf(async () => targetAt(join(folder, meant)))
    const opened = vi.fn()
    cleanups.push(backend.client.subscribe({ connection: ({ state }) => state === 'open' && opened() }))
    await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(1))
    meant = 'b'
    backend.retry()
    await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(2), { timeout: 10_000 })
    await backend.client.call('modules.list', {})
    expect(a.requests).toEqual(['GET /api/events'])
    expect(b.requests).toEqual(['GET /api/events', 'GET /api/modules'])
  })

  test('changes nothing on a backend of another release', async () => {
    const socket = join(socketFolder(), 's')
    const { requests } = await daemon(socket)
    const { backend } = backendOf(async () => targetAt(socket))
    await backend.client.call('modules.list', {})
    backend.refuse('0.2.0', '0.1.0')
    await expect(backend.client.call('runs.cancel', { params: { id: 'r' }, body: {} })).rejects.toMatchObject({
      body: { code: 'conflict', message: expect.stringContaining('0.2.0') },
    })
    expect(requests).toEqual(['GET /api/modules'])
    expect(backend.state).toMatchObject({ kind: 'failed', remedy: 'version' })
  })

  test('tells who listens why nothing is done, and looks again when a page asks for it', async () => {
    const socket = join(socketFolder(), 's')
    await daemon(socket)
    const { backend } = backendOf(async () => targetAt(socket))
    cleanups.push(backend.client.subscribe({}))
    await vi.waitFor(() => expect(backend.client.connection.state).toBe('open'))
    backend.refuse('0.2.0', '0.1.0')
    const why = expect.objectContaining({ message: expect.stringContaining('0.2.0') })
    await vi.waitFor(() => expect(backend.client.connection).toMatchObject({ state: 'lost', why }), { timeout: 10_000 })
    backend.client.reconnect()
    await vi.waitFor(() => expect(backend.client.connection.state).toBe('open'), { timeout: 10_000 })
  })
})
