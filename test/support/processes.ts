import { readdirSync, readFileSync } from 'node:fs'

/** Command lines of all processes in whose environment `variable` has this value (Linux). */
export function processesWith(variable: string, value: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      if (
        !/^\d+$/.test(pid) ||
        !readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${variable}=${value}`)
      )
        return []
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`]
    } catch {
      return []
    }
  })
}
