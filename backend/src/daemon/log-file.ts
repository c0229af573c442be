import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes after which the log begins anew; the previous one stays as `daemon.log.1`. */
const MAX_SIZE = 4 * 1_048_576

export const logPath = (folder: string): string => join(folder, 'daemon.log')

/** Writes lines with their time to the daemon's own log. A full disk loses a line of the log, never the daemon. */
export function openLog(folder: string): (line: string) => void {
  const path = logPath(folder)
  return (line) => {
    try {
      rotate(path)
      appendFileSync(path, `${new Date().toISOString()} ${line}\n`, { mode: 0o600 })
    } catch (error) {
      process.stderr.write(`${line}\n(not logged: ${error})\n`)
    }
  }
}

function rotate(path: string): void {
  const info = statSync(path, { throwIfNoEntry: false })
  if (info && info.size > MAX_SIZE) renameSync(path, `${path}.1`)
}
