import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** What the owner of a home leaves there, so that a client in another login session finds the same socket. */
const DaemonRecord = z.object({
  pid: z.int(),
  socket: z.string(),
  version: z.string(),
  /** `http://127.0.0.1:PORT` when TCP was asked for. */
  url: z.string().optional(),
})
export type DaemonRecord = z.infer<typeof DaemonRecord>

const pathIn = (home: string): string => join(home, 'daemon.json')

export function writeRecord(home: string, record: DaemonRecord): void {
  const path = pathIn(home)
  writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export const removeRecord = (home: string): void => rmSync(pathIn(home), { force: true })

/** The record of the newest owner, which may be gone by now; undefined when there is none that can be read. */
export function readRecord(home: string): DaemonRecord | undefined {
  try {
    return DaemonRecord.parse(JSON.parse(readFileSync(pathIn(home), 'utf8')))
  } catch {
    return undefined
  }
}
