import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { type DaemonRecord, recordPath } from '@secxops/client/node/daemon-record'

/** Tells clients where the owner of the home listens. */
export function writeRecord(home: string, record: DaemonRecord): void {
  const path = recordPath(home)
  writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export const removeRecord = (home: string): void => rmSync(recordPath(home), { force: true })
