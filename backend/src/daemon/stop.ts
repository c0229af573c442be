import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { clientOf, runningDaemon, socketOf } from '@secxops/client/node/running-daemon'
import type { Health } from '@secxops/protocol/api'
import { openHome } from '../home.ts'
import { ensureDaemon } from './ensure.ts'
import { lives } from './lives.ts'
import { isFree } from './lock.ts'

const POLL = 25

/**
 * Stops the daemon of the home; ends when the home is free. Rejects with conflict while runs are active, unless `cancelRuns`: then
 * it ends only after no process of any run is left, also of runs whose daemon was killed.
 */
export async function stopDaemon(options: { cancelRuns: boolean }): Promise<{ stopped: boolean }> {
  const home = openHome()
  let health: Health | undefined = await runningDaemon(home.root)
  if (!health && isFree(home.lock)) {
    if (!options.cancelRuns || !existsSync(home.database)) return { stopped: false }
    // Only a daemon knows which processes belong to runs.
    health = await ensureDaemon()
  }
  await clientOf(socketOf(home.root)).call('daemon.stop', { body: { cancelRuns: options.cancelRuns } })
  // Another client may start the next daemon at once; this one is gone when its process is.
  while (health ? lives(health.pid) : !isFree(home.lock)) await sleep(POLL)
  return { stopped: true }
}
