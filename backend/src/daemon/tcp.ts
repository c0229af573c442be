import { randomBytes } from 'node:crypto'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { FastifyInstance } from 'fastify'
import type { Home } from '../home.ts'
import type { TcpAccess } from '../server/guards.ts'

export interface TcpServer {
  /** `http://HOST:PORT`. */
  url: string
  close(): Promise<void>
}

/** Loopback address of `--listen HOST:PORT`; port 0 takes a free one. Throws `bad-request`. */
export function parseListen(listen: string): { host: string; port: number } {
  const match = /^(127\.0\.0\.1|localhost|\[::1\]):(\d{1,5})$/.exec(listen)
  if (!match || Number(match[2]) > 65_535) {
    throw new SecxopsError({
      code: 'bad-request',
      message: `--listen ${listen}: write a loopback address and a port, like 127.0.0.1:8899.`,
    })
  }
  return { host: match[1] ?? '', port: Number(match[2]) }
}

/** Serves on TCP with a new token, which stands in the file `token` of the home. Rejects with conflict when the port is taken. */
export async function listenOnTcp(
  home: Home,
  { host, port }: { host: string; port: number },
  create: (access: TcpAccess) => FastifyInstance,
): Promise<TcpServer> {
  const token = randomBytes(32).toString('hex')
  const hosts: string[] = []
  const app = create({ token, hosts })
  try {
    const bound = new URL(await app.listen({ host: host.replace(/[[\]]/g, ''), port })).port
    hosts.push(`${host}:${bound}`, `localhost:${bound}`)
    const path = join(home.root, 'token')
    writeFileSync(path, token, { mode: 0o600 })
    chmodSync(path, 0o600)
    return { url: `http://${host}:${bound}`, close: () => app.close() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new SecxopsError({
      code: 'conflict',
      message: `Port ${port} is taken by another program. Choose another one, or 0 for any that is free.`,
    })
  }
}
