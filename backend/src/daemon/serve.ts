import { chmodSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { socketPath } from '@secxops/client/node/socket-path'
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
import { listenOnTcp, parseListen } from './tcp.ts'

export interface Daemon {
  socket: string
  /** `http://127.0.0.1:PORT`, when TCP was asked for; its token stands in `token` in the home. */
  url?: string
  /** Ends when the daemon has given the home back. */
  ended: Promise<void>
  /** Stops watching and leaves; modules run on. */
  stop(): Promise<void>
}

type Closing = () => Promise<void> | void

/**
 * Becomes the owner of the home and serves it. `listen`: `HOST:PORT` for TCP with a token beside the socket.
 * Throws `SecxopsError` conflict when another process is the owner.
 */
export async function serve(options: { listen?: string } = {}): Promise<Daemon> {
  const address = options.listen === undefined ? undefined : parseListen(options.listen)
  const home = openHome()
  const release = takeLock(home.lock)
  if (!release) throw alreadyOwned(home)
  // What must be undone, in reverse order, both when leaving and when starting fails half-way.
  const closing: Closing[] = [release]
  try {
    return await serveOwned(home, address, closing)
  } catch (error) {
    await closeAll(closing)
    throw error
  }
}

async function serveOwned(
  home: Home,
  address: { host: string; port: number } | undefined,
  closing: Closing[],
): Promise<Daemon> {
  const log = openLog(home.logs)
  const ended = Promise.withResolvers<void>()
  let leaving = false
  const leave = async (): Promise<void> => {
    if (leaving) return ended.promise
    leaving = true
    backend.events.publish({ type: 'stopping' })
    log(`daemon ${process.pid} leaves`)
    await closeAll(closing)
    ended.resolve()
  }
  const activity = new Activity()
  for (const left of readdirSync(home.staging)) await removeTree(join(home.staging, left))
  const backend = createBackend(home, { stop: () => void leave() })
  closing.push(() => backend.close())

  const app = createApp({ ...backend, log, activity })
  closing.push(() => app.close())
  const socket = socketPath(home.root)
  // Only the owner comes here, so what lies there is left over from an owner that was killed.
  rmSync(socket, { force: true })
  await app.listen({ path: socket })
  closing.push(() => rmSync(socket, { force: true }))
  chmodSync(socket, 0o600)

  const tcp =
    address && (await listenOnTcp(home, address, (access) => createApp({ ...backend, log, activity, tcp: access })))
  if (tcp) closing.push(() => tcp.close())
  const url = tcp ? { url: tcp.url } : {}
  writeRecord(home.root, { pid: process.pid, socket, version: VERSION, ...url })
  closing.push(() => removeRecord(home.root))
  closing.push(watchIdle(activity, backend.active, idleSeconds(), () => void leave()))
  log(`daemon ${process.pid} serves ${home.root} on ${socket}, version ${VERSION}`)
  backend.recover().catch((error: unknown) => log(`recovering failed: ${error instanceof Error ? error.stack : error}`))
  return { socket, ...url, ended: ended.promise, stop: leave }
}

async function closeAll(closing: Closing[]): Promise<void> {
  for (let close = closing.pop(); close; close = closing.pop()) await close()
}

const alreadyOwned = (home: Home): SecxopsError =>
  new SecxopsError({
    code: 'conflict',
    message: `A SecXOps daemon already serves ${home.root}.`,
    where: { path: home.root },
    next: [{ kind: 'run-command', label: 'Stop it', command: 'secxops serve --stop' }],
  })
