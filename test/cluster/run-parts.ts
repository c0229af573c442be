import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { eventually } from '../support/eventually.ts'
import type { Part, PartName } from './part.ts'
import { KWOK_PART, PARTS } from './parts.ts'
import { BIN, LOGS } from './places.ts'
import { answers } from './probe.ts'
import { argumentsOf, pidsOf, processNamespaceOf } from './processes.ts'
import { entrance, roomPid } from './room.ts'

/** The part of a name. */
export function partOf(name: PartName): Part {
  const part = [...PARTS, KWOK_PART].find((one) => one.name === name)
  if (!part) throw new Error(`${name} is no part of the cluster`)
  return part
}

/** Process of a part, as this machine numbers it; undefined when it does not run. */
export function pidOfPart(name: PartName): number | undefined {
  const room = roomPid()
  if (room === undefined) return undefined
  const namespace = processNamespaceOf(room)
  return pidsOf((pid) => processNamespaceOf(pid) === namespace && basename(argumentsOf(pid)[0] ?? '') === name)[0]
}

/** Starts a part that does not run; its output goes on in its log. Resolves before the part is ready. */
export async function startPart({ name, args }: Part): Promise<void> {
  if (pidOfPart(name) !== undefined) return
  const program = existsSync(join(BIN, name)) ? join(BIN, name) : name
  // The shell ends at once, and the first process of the namespaces inherits the part.
  const script = 'log=$1; shift; setsid "$@" < /dev/null >> "$log" 2>&1 &'
  const [enter, ...entering] = entrance()
  const child = spawn(enter, [...entering, 'sh', '-c', script, 'sh', logOf(name), program, ...args], {
    stdio: 'ignore',
  })
  await once(child, 'exit')
  try {
    await eventually(`a process of ${name}`, () => pidOfPart(name) !== undefined, 10)
  } catch {
    throw new Error(`${name} did not start; its last words:\n${lastWords(name)}`)
  }
}

/** Ends a part with SIGKILL; resolves when its process is gone. */
export async function killPart({ name }: Part): Promise<void> {
  const pid = pidOfPart(name)
  if (pid === undefined) return
  process.kill(pid, 'SIGKILL')
  await eventually(`the end of ${name}`, () => !existsSync(`/proc/${pid}`))
}

/** Waits until a part works; rejects with the end of its log when it has ended. */
export async function partIsReady({ name, ready }: Part): Promise<void> {
  await eventually(
    `${name} at ${ready} (${logOf(name)})`,
    async () => {
      if (pidOfPart(name) === undefined) throw new Error(`${name} has ended; its last words:\n${lastWords(name)}`)
      return answers(ready)
    },
    180,
  )
}

const logOf = (name: PartName): string => join(LOGS, `${name}.log`)

const lastWords = (name: PartName): string =>
  readFileSync(logOf(name), 'utf8').trimEnd().split('\n').slice(-15).join('\n')
