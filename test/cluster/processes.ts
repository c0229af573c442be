import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Processes of this machine that fulfil a condition. Those that end meanwhile are passed over. */
export function pidsOf(condition: (pid: number) => boolean): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return condition(pid)
      } catch {
        return false
      }
    })
}

/** Arguments of a process, from its own name on. */
export const argumentsOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)

/** What tells the process namespace of a process from others. */
export const processNamespaceOf = (pid: number): string => readlinkSync(`/proc/${pid}/ns/pid`)
