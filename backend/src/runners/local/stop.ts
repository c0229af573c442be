import { setTimeout as sleep } from 'node:timers/promises'
import { type Claim, claimantLives } from './claim.ts'
import { bootId, listProcesses, lookFor, type ProcessInfo, processInfo } from './processes.ts'

const LOOK_AGAIN = 40
/** Milliseconds between two looks of which both must find nothing. */
const MAKE_SURE = 10
/** A program without an environment for so many milliseconds has none at all. */
const BECOMING = 1000

/** Programs without an environment, by pid and start time, with the moment at which each was first seen so. */
const bareSince = new Map<string, number>()

/**
 * Ends every process of an attempt and resolves on proof that none is left: those of the shim's process group, and those
 * that left it (setsid, double fork) but carry `mark` (`NAME=value`) in their environment. Asks with SIGTERM, kills after
 * `grace` milliseconds. A process that waits for its disk (state D) is waited for.
 */
export async function stopProcesses(mark: string, claim: Claim | undefined, grace: number): Promise<void> {
  const asked = new Set<string>()
  const deadline = performance.now() + grace
  // One look can miss a child whose parent had been listed, and ended before it was read: it is found by the next.
  for (let empty = 0; ; ) {
    const { left, untold } = look(mark, claim)
    empty = left.length > 0 || untold ? 0 : empty + 1
    if (empty === 2) return
    const late = performance.now() >= deadline
    for (const one of left) {
      const key = `${one.pid} ${one.started}`
      if (!late && asked.has(key)) continue
      asked.add(key)
      signal(one, late ? 'SIGKILL' : 'SIGTERM')
    }
    await sleep(left.length > 0 ? LOOK_AGAIN : MAKE_SURE)
  }
}

/** Living processes of an attempt, the shim included. `untold`: there are others of which that cannot be told yet. */
function look(mark: string, claim: Claim | undefined): { left: ProcessInfo[]; untold: boolean } {
  const { carriers, bare } = lookFor(mark)
  const untold = becoming(bare)
  const group = claim && groupIsOurs(claim) ? claim.pid : undefined
  if (carriers.size === 0 && group === undefined) return { left: [], untold }
  return { left: listProcesses().filter((info) => carriers.has(info.pid) || info.group === group), untold }
}

/** Whether a program shows no environment that may only be becoming another one. */
function becoming(bare: readonly number[]): boolean {
  const now = performance.now()
  const keys = bare.flatMap((pid) => {
    const info = processInfo(pid)
    return info ? [`${pid} ${info.started}`] : []
  })
  for (const key of bareSince.keys()) if (!keys.includes(key)) bareSince.delete(key)
  for (const key of keys) if (!bareSince.has(key)) bareSince.set(key, now)
  return keys.some((key) => now - (bareSince.get(key) ?? now) < BECOMING)
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
