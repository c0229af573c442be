import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { socketFetch } from '@secxops/client/node/socket-fetch'
import { SecxopsError } from '@secxops/protocol/errors'
import { afterAll, expect, it, vi } from 'vitest'
import { orSkip, serverPlace } from '../testing/real-environments.ts'
import { LocalServer, type ServerRecipe } from './local-server.ts'

const place = serverPlace()
const { root, logs, environments } = place
const open: LocalServer[] = []
afterAll(async () => {
  await Promise.all(open.map((server) => server.close()))
  rmSync(root, { recursive: true, force: true })
})

const embedder: ServerRecipe = {
  name: 'embedder',
  title: 'The embedder',
  socket: () => join(root, 'e'),
  args: () => [],
}
const milvus: ServerRecipe = {
  name: 'milvus',
  title: 'Milvus Lite',
  socket: () => join(root, 'm'),
  args: () => [join(root, 'data')],
}
mkdirSync(join(root, 'data'))

function serverOf(recipe: ServerRecipe, options: { idle?: number } = {}): LocalServer {
  const server = new LocalServer(recipe, { environments, logs, ...options })
  open.push(server)
  return server
}

const health = async (socket: string): Promise<string> => (await socketFetch(socket)('/health', { headers: {} })).text()

const listens = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const connection = connect(socket)
    connection.once('connect', () => {
      connection.destroy()
      resolve(true)
    })
    connection.once('error', () => resolve(false))
  })

it.for([embedder, milvus])('$name serves while it is used, and is stopped when it is not', async (recipe, context) => {
  const server = serverOf(recipe, { idle: 1 })
  await orSkip(
    context,
    server.use(async (socket) => {
      expect(await listens(socket)).toBe(true)
    }),
  )
  await vi.waitUntil(() => !existsSync(recipe.socket()), { timeout: 20_000 })
  expect(await server.use(listens)).toBe(true)
})

it('two callers share one start, and one that goes away does not end it', async (context) => {
  const server = serverOf(embedder)
  const leaving = new AbortController()
  const first = server.use(health, leaving.signal)
  const second = orSkip(context, server.use(health))
  leaving.abort(new Error('gone'))
  await expect(first).rejects.toThrow('gone')
  expect(JSON.parse(await second)).toEqual({ status: 'ok' })
  await server.close()
})

it('a server that was killed is started again by the next use', async (context) => {
  const server = serverOf({ ...embedder, socket: () => join(root, 'k') })
  const before = await orSkip(context, server.use(pidOf))
  process.kill(before, 'SIGKILL')
  await vi.waitUntil(() => !alive(before))
  const after = await server.use(pidOf)
  expect(after).not.toBe(before)
  await server.close()
  expect(alive(after)).toBe(false)
})

it('the server ends when the process that started it is killed', async (context) => {
  const socket = join(root, 'g')
  await orSkip(context, serverOf(embedder).use(listens))
  const holder = spawn(
    process.execPath,
    [fileURLToPath(new URL('../testing/hold-server.ts', import.meta.url)), root, socket],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await new Promise((resolve) => holder.stdout.once('data', resolve))
  const server = await pidOf(socket)
  holder.kill('SIGKILL')
  await vi.waitUntil(() => !alive(server), { timeout: 20_000 })
})

it('what does not start is said with its log, and is not tried at once again', async (context) => {
  await orSkip(context, serverOf(embedder).use(listens))
  const broken = serverOf({ ...embedder, socket: () => join(root, 'no', 'such', 'folder') })
  const told = await broken.use(listens).catch((error: unknown) => error)
  expect(told).toBeInstanceOf(SecxopsError)
  expect((told as SecxopsError).body).toMatchObject({
    code: 'unavailable',
    where: { path: join(logs, 'embedder.log') },
  })
  expect(readFileSync(join(logs, 'embedder.log'), 'utf8')).toContain('Error')
  expect(await broken.use(listens).catch((error: unknown) => error)).toBe(told)
})

/** Process behind a socket, by the arguments of all processes. */
async function pidOf(socket: string): Promise<number> {
  const ps = spawn('ps', ['-eo', 'pid=,args='], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  for await (const chunk of ps.stdout) text += String(chunk)
  const line = text.split('\n').find((one) => one.includes(`serve.py embedder ${socket}`))
  return Number.parseInt(line ?? '', 10)
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
