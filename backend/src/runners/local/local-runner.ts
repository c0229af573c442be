import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { assetPath } from '../../assets.ts'
import type { Command, Ended, Execution, Launch, Runner } from '../runner.ts'
import { type Claim, claimantLives, readClaim, readExit, takeClaim } from './claim.ts'
import { isClaim, LocalExecution, markOf } from './execution.ts'
import { MemoryWatch } from './memory-watch.ts'
import { bootId, carriersOf } from './processes.ts'
import { Spawner } from './spawner.ts'
import { stopProcesses } from './stop.ts'

/** The shim ends with this code when somebody else has the claim (or its folder is gone). */
const NOT_CLAIMED = 125
const LOOK_AGAIN = 200
const HELPER_ENDED = 'the process that starts commands was ended by somebody. Press Continue.'

/** Runs commands as processes of this machine that outlive the backend. */
export function createLocalRunner(): Runner {
  const shim = assetPath('shim.sh')
  const memory = new MemoryWatch()
  const closing = new AbortController()
  const spawner = new Spawner()

  const start = (launch: Launch, command: Command): Promise<Execution> =>
    new Promise((resolve, reject) => {
      let execution: LocalExecution | undefined
      spawner.start(
        {
          argv: ['/bin/sh', shim, launch.directory, String(launch.launch), bootId, ...command.argv],
          cwd: command.cwd,
          env: { ...command.env, SECXOPS_ATTEMPT_ID: launch.attemptId },
          log: join(launch.directory, 'log'),
        },
        {
          started(pid) {
            execution = new LocalExecution(launch, memory, pid, command.memory)
            resolve(execution)
          },
          failed: reject,
          exited: (code) => execution?.settle(endedOf(code, launch)),
          gone() {
            // Nobody is told of its exit any more: looked at as after a restart.
            const known = execution
            if (known)
              void rejoin(launch).then((claim) => (claim ? watch(launch, claim, known) : known.settle({ how: 'lost' })))
            else
              adopt(launch).then(
                (adopted) => (adopted === 'never-started' ? reject(new Error(HELPER_ENDED)) : resolve(adopted)),
                reject,
              )
          },
        },
      )
    })

  const adopt = async (launch: Launch): Promise<Execution | 'never-started'> => {
    const claim = await rejoin(launch)
    if (!claim) return 'never-started'
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
    seenAt: (directory) => directory,
    start,
    adopt,
    sweep: (name, value, grace) => stopProcesses(`${name}=${value}`, undefined, grace),
    close() {
      closing.abort()
      spawner.close()
    },
  }
}

/** The claim of a launch that nobody watches; undefined when it never began, and then it never will. */
async function rejoin(launch: Launch): Promise<Claim | undefined> {
  if (!existsSync(launch.directory) || takeClaim(launch)) return undefined
  const claim = await settledClaim(launch)
  return isClaim(claim) ? claim : undefined
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
