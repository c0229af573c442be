import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { homeRoot } from '@secxops/client/node/home-root'
import { runningDaemon } from '@secxops/client/node/running-daemon'
import type { Target } from './target.ts'

/**
 * The daemon of a home where it runs already and is of the very build of `bundle`: nothing has to be started to use it. `environment`:
 * that of the editor with the settings. Undefined where there is none, or where only the backend's own program can tell.
 */
export async function runningBackend(bundle: string, environment: NodeJS.ProcessEnv): Promise<Target | undefined> {
  try {
    const version = readFileSync(join(dirname(bundle), 'version'), 'utf8').trim()
    const daemon = await runningDaemon(homeRoot(environment))
    return daemon?.version === version ? { socket: daemon.socket, version, home: daemon.home } : undefined
  } catch {
    return undefined
  }
}
