import { setTimeout as sleep } from 'node:timers/promises'
import { clientOf, type RunningDaemon, runningDaemon } from '@secxops/client/node/running-daemon'
import { SecxopsError } from '@secxops/protocol/errors'
import { type Home, openHome } from '../home.ts'
import { VERSION } from '../version.ts'
import { isFree } from './lock.ts'
import { logPath } from './log-file.ts'
import { spawnDaemon } from './spawn.ts'

/** Milliseconds until a start counts as failed. */
const PATIENCE = 30_000
const POLL = 25

export interface Ensured extends RunningDaemon {
  /** True when this call started it. */
  started: boolean
}

/**
 * Finds the daemon of the home or starts it, and answers when it does. Many callers at once get the same one. A daemon of another
 * version is replaced when no run is active, else the call rejects with conflict.
 */
export async function ensureDaemon(): Promise<Ensured> {
  const home = openHome()
  const deadline = performance.now() + PATIENCE
  let started = false
  while (performance.now() < deadline) {
    const daemon = await runningDaemon(home.root)
    if (daemon?.version === VERSION) return { ...daemon, started }
    if (daemon) await replace(daemon, home)
    else if (isFree(home.lock)) started = (await spawnDaemon(home)) === 'ready' || started
    else await sleep(POLL)
  }
  throw new SecxopsError({
    code: 'unavailable',
    message: 'The SecXOps daemon does not answer.',
    cause: `${home.lock} is held by a process that is silent.`,
    where: { path: logPath(home.logs) },
    next: [{ kind: 'run-command', label: 'See its log', command: `tail ${logPath(home.logs)}` }],
  })
}

async function replace({ version, activeRuns, socket }: RunningDaemon, home: Home): Promise<void> {
  if (activeRuns > 0) {
    throw new SecxopsError({
      code: 'conflict',
      message: `SecXOps ${version} works on ${activeRuns} run(s) here; this is ${VERSION}. It is replaced once they have ended.`,
      next: [
        {
          kind: 'run-command',
          label: 'End the runs and replace it now',
          command: 'secxops serve --stop --cancel-runs',
        },
      ],
    })
  }
  await clientOf(socket)
    .call('daemon.stop', { body: {} })
    .catch((error: unknown) => {
      // A run that began meanwhile: the next turn says so.
      if (!(error instanceof SecxopsError)) throw error
    })
  const deadline = performance.now() + PATIENCE
  while (!isFree(home.lock) && performance.now() < deadline) await sleep(POLL)
}
