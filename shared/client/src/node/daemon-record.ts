import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the owner of a home leaves there, so that a client in another login session finds the same socket. */
export interface DaemonRecord {
  pid: number
  socket: string
  version: string
  /** `http://127.0.0.1:PORT` when TCP was asked for. */
  url?: string
}

export const recordPath = (home: string): string => join(home, 'daemon.json')

/** Socket of the newest owner, which may be gone by now; undefined when there is no record that can be read. */
export function recordedSocket(home: string): string | undefined {
  try {
    const { socket } = JSON.parse(readFileSync(recordPath(home), 'utf8')) as Partial<DaemonRecord>
    return typeof socket === 'string' ? socket : undefined
  } catch {
    return undefined
  }
}
