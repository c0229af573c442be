import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { assetPath } from '../../assets.ts'
import type { Command, Ended, Execution, Launch, Runner } from '../runner.ts'
import { type Claim, claimantLives, readClaim, readExit, takeClaim } from './claim.ts'
import { isClaim, LocalExecution, markOf } from './execution.ts'
import { MemoryWatch } from './memory-watch.ts'
import { bootId, carriersOf } from './processes.ts'
import { stopProcesses } from './stop.ts'

/** The shim ends with this code when somebody else has the claim (or its folder is gone). */
const NOT_CLAIMED = 125
const LOOK_AGAIN = 200

/** Runs commands as processes of this machine that outlive the backend. */
export function createLocalRunner(): Runner {
  const shim = assetPath('shim.sh')
  const memory = new MemoryWatch()
  const closing = new AbortController()
  const children = new Set<ChildProcess>()

  const start = (launch: Launch, command: Command): Promise<Execution> => {
    const log = openSync(join(launch.directory, 'log'), 'a', 0o600)
    let child: ChildProcess
    try {
      child = spawn('/bin/sh', [shim, launch.directory, String(launch.launch), bootId, ...command.argv], {
        cwd: command.cwd,
        env: { ...command.env, SECXOPS_ATTEMPT_ID: launch.attemptId },
        detached: true,
        stdio: ['ignore', log, log],
      })
    } finally {
      closeSync(log)
    }
    children.add(child)
    return new Promise((resolve, reject) => {
      child.once('error', (error) => {
        children.delete(child)
        reject(error)
      })
      child.once('spawn', () => {
        const execution = new LocalExecution(launch, memory, child.pid, command.memory)
        // `exit`, not `close`: a grandchild may hold the files for ever.
        child.once('exit', (code) => {
          children.delete(child)
          execution.settle(endedOf(code, launch))
        })
        resolve(execution)
      })
    })
  }

  const adopt = async (launch: Launch): Promise<Execution | 'never-started'> => {
    if (!existsSync(launch.directory) || takeClaim(launch)) return 'never-started'
    const claim = await settledClaim(launch)
    if (!isClaim(claim)) return 'never-started'
    const lives = claimantLives(claim)
    const execution = new LocalExecution(launch, memory, lives ? claim.pid : undefined, undefined)
    void watch(launch, claim, execution)
    return execution
  }

  const watch = async (launch: Launch, claim: Claim, execution: LocalExecution): Promise<void> => {
    while (claimantLives(claim)) {
      await sleep(LOOK_AGAIN, undefined, { signal: closing.signal }).catch(() => undefined)
      if (closing.signal.aborted) return
    }
    // First seen dead, then read: what it wrote is complete now.
    const code = readExit(launch)
    // A shim that was killed may leave its command behind; nobody can know how that ends.
    if (code === undefined) await stopProcesses(markOf(launch), claim, 0)
    execution.settle(code === undefined ? { how: 'lost' } : { how: 'exited', code })
  }

  return {
    target: 'local',
    start,
    adopt,
    sweep: (name, value, grace) => stopProcesses(`${name}=${value}`, undefined, grace),
    close() {
      closing.abort()
      for (const child of children) child.unref()
    },
  }
}

/** A claim that exists is complete within a moment, unless its shim was killed between making and writing it. */
async function settledClaim(launch: Launch): Promise<Claim | 'refused' | undefined> {
  for (;;) {
    const claim = readClaim(launch)
    if (claim !== undefined) return claim
    if (carriersOf(markOf(launch)).size === 0) return readClaim(launch)
    await sleep(20)
  }
}

function endedOf(code: number | null, launch: Launch): Ended {
  if (code !== null && code !== NOT_CLAIMED) return { how: 'exited', code }
  const written = readExit(launch)
  return written === undefined ? { how: 'lost' } : { how: 'exited', code: written }
}
