import { realpathSync } from 'node:fs'
import type { Health } from '@secxops/protocol/api'
import type { Client } from '../client.ts'
import { createHttpClient } from '../http-client.ts'
import { recordedSocket } from './daemon-record.ts'
import { socketFetch } from './socket-fetch.ts'
import { socketPath } from './socket-path.ts'

/** Milliseconds within which a living daemon answers. */
const PATIENCE = 5000

/** A daemon that answers, and where it listens. */
export interface RunningDaemon extends Health {
  socket: string
}

/** Where the daemon of a home listens, or would. Throws where its socket has no safe place. */
export const socketOf = (home: string): string => recordedSocket(home) ?? socketPath(home)

export const clientOf = (socket: string): Client =>
  createHttpClient({ base: 'http://secxops', fetch: socketFetch(socket) })

/**
 * The daemon that serves a home, of whichever version; undefined where nobody answers, or one that serves another home: the record in a
 * home that was copied names the daemon of the first.
 */
export async function runningDaemon(home: string): Promise<RunningDaemon | undefined> {
  const socket = socketOf(home)
  try {
    const health = await clientOf(socket).call('health.get', {}, { signal: AbortSignal.timeout(PATIENCE) })
    return realpathSync(health.home) === realpathSync(home) ? { ...health, socket } : undefined
  } catch {
    return undefined
  }
}
