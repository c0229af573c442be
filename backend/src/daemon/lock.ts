import { DatabaseSync } from 'node:sqlite'

const BUSY = 5

/**
 * Takes the one ownership of a home: an exclusive transaction on `lock.db`, which the kernel ends with the process, also at
 * kill -9. Answers the way to give it back, or undefined while another process has it.
 */
export function takeLock(path: string): (() => void) | undefined {
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    return () => db.close()
  } catch (error) {
    db.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return undefined
    throw error
  }
}

/** True when no process owns the home now. */
export function isFree(path: string): boolean {
  const release = takeLock(path)
  release?.()
  return release !== undefined
}
