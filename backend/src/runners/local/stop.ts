import { setTimeout as sleep } from 'node:timers/promises'
import { type Claim, claimantLives } from './claim.ts'
import { bootId, carriersOf, listProcesses, type ProcessInfo, processInfo } from './processes.ts'

const LOOK_AGAIN = 40

/**
 * Ends every process of an attempt and resolves on proof that none is left: those of the shim's process group, and those
 * that left it (setsid, double fork) but carry `mark` (`NAME=value`) in their environment. Asks with SIGTERM, kills after
 * `grace` milliseconds. A process that waits for its disk (state D) is waited for.
 */
export async function stopProcesses(mark: string, claim: Claim | undefined, grace: number): Promise<void> {
  const asked = new Set<string>()
  const deadline = performance.now() + grace
  for (;;) {
    const left = processesOf(mark, claim)
    if (left.length === 0) return
    const late = performance.now() >= deadline
    for (const one of left) {
      const key = `${one.pid} ${one.started}`
      if (!late && asked.has(key)) continue
      asked.add(key)
      signal(one, late ? 'SIGKILL' : 'SIGTERM')
    }
    await sleep(LOOK_AGAIN)
  }
}

/** Living processes of an attempt, the shim included. */
export function processesOf(mark: string, claim: Claim | undefined): ProcessInfo[] {
  const carriers = carriersOf(mark)
  const group = claim && groupIsOurs(claim) ? claim.pid : undefined
  if (carriers.size === 0 && group === undefined) return []
  return listProcesses().filter((info) => carriers.has(info.pid) || info.group === group)
}

/** The number of a group is not given away while the group has members; only its leader's own pid could be another process. */
function groupIsOurs(claim: Claim): boolean {
  if (claim.boot !== bootId) return false
  const leader = processInfo(claim.pid)
  return leader === undefined || claimantLives(claim)
}

function signal(target: ProcessInfo, name: 'SIGTERM' | 'SIGKILL'): void {
  if (processInfo(target.pid)?.started !== target.started) return
  try {
    process.kill(target.pid, name)
  } catch {
    // It ended in this moment.
  }
}
