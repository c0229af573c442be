import { readFileSync } from 'node:fs'

const SHOWN = 15

/**
 * Last lines of a log.
 * @param {string} path
 */
export function lastLinesOf(path) {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-SHOWN)
  } catch {
    return []
  }
}
