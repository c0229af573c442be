import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { socketPath } from '@secxops/client/node/socket-path'
import type { Home } from '../../home.ts'
import type { EnvironmentService } from '../../services.ts'
import { LocalServer } from './local-server.ts'

type Place = Pick<Home, 'root' | 'logs'>

/** The bundled embedding model; undefined on a platform that it was not built for. */
export function embedderServer(home: Place, environments: EnvironmentService): LocalServer | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  return new LocalServer(
    { name: 'embedder', title: 'The bundled embedding model', socket: socketOf(home, 'embedder'), args: () => [] },
    { environments, logs: home.logs },
  )
}

/** Milvus Lite with its data below the home. */
export function milvusServer(home: Place, environments: EnvironmentService): LocalServer {
  const data = (): string => {
    const folder = join(home.root, 'milvus')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  }
  return new LocalServer(
    { name: 'milvus', title: 'Milvus Lite', socket: socketOf(home, 'milvus'), args: () => [data()] },
    { environments, logs: home.logs },
  )
}

/** Beside the socket of the daemon, where only the owner of the home comes. */
const socketOf =
  ({ root }: Place, name: string): (() => string) =>
  () =>
    socketPath(root).replace(/sock$/, name)
