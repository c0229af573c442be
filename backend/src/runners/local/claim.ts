import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Launch } from '../runner.ts'
import { bootId, processInfo } from './processes.ts'

/** Who took the right to start a command; see `assets/shim.sh`. */
export interface Claim {
  pid: number
  boot: string
  started: string
}

const pathOf = ({ directory, launch }: Launch): string => join(directory, `claim.${launch}`)

/** Takes the claim, so that a shim which comes late starts nothing. False when somebody has it already. */
export function takeClaim(launch: Launch): boolean {
  try {
    const file = openSync(pathOf(launch), 'wx', 0o600)
    writeSync(file, 'refused\n')
    closeSync(file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** The shim's claim; `refused` when the backend took it, undefined while there is none or it is not yet complete. */
export function readClaim(launch: Launch): Claim | 'refused' | undefined {
  const line = firstLine(pathOf(launch))
  if (line === undefined) return undefined
  if (line === 'refused') return 'refused'
  const [pid, boot = '', ...started] = line.split(' ')
  return { pid: Number(pid), boot, started: started.join(' ') }
}

/** True when the process that made the claim lives (same pid, same start, same boot). */
export const claimantLives = (claim: Claim): boolean =>
  claim.boot === bootId && processInfo(claim.pid)?.started === claim.started

/** Exit code that the shim wrote, once it is complete. */
export function readExit({ directory, launch }: Launch): number | undefined {
  const line = firstLine(join(directory, `exit.${launch}`))
  return line !== undefined && /^\d+$/.test(line) ? Number(line) : undefined
}

/** First line of a small file if it is there with its newline. */
function firstLine(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    return text.endsWith('\n') ? text.slice(0, text.indexOf('\n')) : undefined
  } catch {
    return undefined
  }
}
