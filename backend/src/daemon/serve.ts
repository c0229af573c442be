import { randomBytes } from 'node:crypto'
import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { type Home, openHome } from '../home.ts'
import { removeTree } from '../library/tree-modes.ts'
import { createBackend } from '../main.ts'
import { Activity } from '../server/activity.ts'
import { createApp } from '../server/app.ts'
import { VERSION } from '../version.ts'
import { idleSeconds, watchIdle } from './idle.ts'
import { takeLock } from './lock.ts'
import { openLog } from './log-file.ts'
import { removeRecord, writeRecord } from './record.ts'
import { socketPath } from './socket-path.ts'

export interface Daemon {
  socket: string
  /** `http://127.0.0.1:PORT`, when TCP was asked for; its token stands in `token` in the home. */
  url?: string
  /** Ends when the daemon has given the home back. */
  ended: Promise<void>
  /** Stops watching and leaves; modules run on. */
  stop(): Promise<void>
}

/**
 * Becomes the owner of the home and serves it. `listen`: `HOST:PORT` for TCP with a token beside the socket.
 * Throws `SecxopsError` conflict when another process is the owner.
 */
export async function serve(options: { listen?: string } = {}): Promise<Daemon> {
  const home = openHome()
  const release = takeLock(home.lock)
  if (!release) throw alreadyOwned(home)
  try {
    return await serveOwned(home, release, options.listen)
  } catch (error) {
    release()
    throw error
  }
}

async function serveOwned(home: Home, release: () => void, listen: string | undefined): Promise<Daemon> {
  const log = openLog(home.logs)
  for (const left of readdirSync(home.staging)) await removeTree(join(home.staging, left))
  const activity = new Activity()
  const ended = Promise.withResolvers<void>()
  const backend = createBackend(home, { log, stop: () => void leave() })
  const app = createApp({ ...backend, log, activity })
  const socket = socketPath(home.root)
  // Only the owner comes here, so what lies there is left over from an owner that was killed.
  rmSync(socket, { force: true })
  await app.listen({ path: socket })
  chmodSync(socket, 0o600)
  const tcp =
    listen === undefined
      ? undefined
      : await listenOnTcp(home, listen, (access) => createApp({ ...backend, log, activity, tcp: access }))

  let leaving: Promise<void> | undefined
  const leave = (): Promise<void> => {
    leaving ??= (async () => {
      stopWatching()
      backend.events.publish({ type: 'stopping' })
      await backend.close()
      await Promise.all([app.close(), tcp?.close()])
      removeRecord(home.root)
      rmSync(socket, { force: true })
      log(`daemon ${process.pid} left`)
      release()
      ended.resolve()
    })()
    return leaving
  }
  const stopWatching = watchIdle(
    activity,
    () => backend.activeRuns(),
    idleSeconds(),
    () => void leave(),
  )
  writeRecord(home.root, { pid: process.pid, socket, version: VERSION, ...(tcp ? { url: tcp.url } : {}) })
  log(`daemon ${process.pid} serves ${home.root} on ${socket}, version ${VERSION}`)
  backend.recover().catch((error: unknown) => log(`recovering failed: ${error instanceof Error ? error.stack : error}`))
  return { socket, ...(tcp ? { url: tcp.url } : {}), ended: ended.promise, stop: leave }
}

interface TcpServer {
  url: string
  close(): Promise<void>
}

async function listenOnTcp(
  home: Home,
  listen: string,
  create: (access: { token: string; hosts: string[] }) => ReturnType<typeof createApp>,
): Promise<TcpServer> {
  const match = /^(127\.0\.0\.1|localhost|\[::1\]):(\d{1,5})$/.exec(listen)
  if (!match) {
    throw new SecxopsError({
      code: 'bad-request',
      message: `--listen ${listen}: write a loopback address and a port, like 127.0.0.1:8899.`,
    })
  }
  const [, host = '', port = ''] = match
  const token = randomBytes(32).toString('hex')
  writeFileSync(join(home.root, 'token'), token, { mode: 0o600 })
  chmodSync(join(home.root, 'token'), 0o600)
  const hosts: string[] = []
  const app = create({ token, hosts })
  const url = await app.listen({ host: host.replace(/[[\]]/g, ''), port: Number(port) })
  const bound = new URL(url).port
  hosts.push(`${host}:${bound}`, `localhost:${bound}`)
  return { url: `http://${host}:${bound}`, close: () => app.close() }
}

const alreadyOwned = (home: Home): SecxopsError =>
  new SecxopsError({
    code: 'conflict',
    message: `A SecXOps daemon already serves ${home.root}.`,
    where: { path: home.root },
    next: [{ kind: 'run-command', label: 'Stop it', command: 'secxops serve --stop' }],
  })
