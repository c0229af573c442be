import type { Client } from '@secxops/client/client'
import { ensureDaemon } from '../daemon/ensure.ts'
import { clientOf } from '../daemon/probe.ts'

/** Client of the daemon, which is started when it is not there. */
export async function connect(): Promise<Client> {
  const { socket } = await ensureDaemon()
  return clientOf(socket)
}
