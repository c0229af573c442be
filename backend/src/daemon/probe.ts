import type { Client } from '@secxops/client/client'
import { createHttpClient } from '@secxops/client/http-client'
import { socketFetch } from '@secxops/client/node/socket-fetch'
import type { Health } from '@secxops/protocol/api'
import { readRecord } from './record.ts'
import { socketPath } from './socket-path.ts'

/** Milliseconds within which a living daemon answers. */
const PATIENCE = 5000

/** Where the daemon of a home listens, or would. */
export const socketOf = (home: string): string => readRecord(home)?.socket ?? socketPath(home)

export const clientOf = (socket: string): Client =>
  createHttpClient({ base: 'http://secxops', fetch: socketFetch(socket) })

/** Health of the daemon behind a socket; undefined when nobody answers there. */
export async function probe(socket: string): Promise<Health | undefined> {
  try {
    return await clientOf(socket).call('health.get', {}, { signal: AbortSignal.timeout(PATIENCE) })
  } catch {
    return undefined
  }
}
