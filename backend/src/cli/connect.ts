import type { Client } from '@secxops/client/client'

/** Client of the daemon, which is started when it is not there. Loaded late: most of the command line needs no daemon. */
export async function connect(): Promise<Client> {
  const { ensureDaemon } = await import('../daemon/ensure.ts')
  const { clientOf } = await import('@secxops/client/node/running-daemon')
  const { socket } = await ensureDaemon()
  return clientOf(socket)
}
