import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { MARK } from './surroundings.mjs'

/**
 * Processes that carry the mark of this start (Linux; elsewhere process groups must do).
 * @param {string} mark
 * @returns {number[]}
 */
export function leftovers(mark) {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${MARK}=${mark}`)
      } catch {
        return false
      }
    })
}

/**
 * Waits until no marked process is left.
 * @param {string} mark
 * @param {number} deadline milliseconds
 * @returns {Promise<number[]>} what is left at the deadline
 */
export async function waitForNone(mark, deadline) {
  const end = performance.now() + deadline
  let left = leftovers(mark)
  while (left.length && performance.now() < end) {
    await wait(50)
    left = leftovers(mark)
  }
  return left
}

/**
 * @param {number[]} pids
 * @param {NodeJS.Signals} signal
 */
export function signalAll(pids, signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended in the meantime.
    }
  }
}
