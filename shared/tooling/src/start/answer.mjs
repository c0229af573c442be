import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from '../setup/failure.mjs'

const DEADLINE = 120_000
const PAUSE = 100

/**
 * Resolves when a page of an editor that is starting answers; rejects when the editor ends before, or takes two minutes.
 * @param {string} url
 * @param {{name: string, child: import('node:child_process').ChildProcess, logFile: string, lastLines: () => string[], headers?: Record<string, string>}} editor
 */
export async function untilAnswers(url, { name, child, logFile, lastLines, headers }) {
  const deadline = performance.now() + DEADLINE
  while (!(await answers(url, headers))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Failure(`${name} ended while it started.`, `read ${logFile}`, lastLines())
    if (performance.now() > deadline)
      throw new Failure(
        `${new URL(url).pathname} did not answer within ${DEADLINE / 1000} s.`,
        `read ${logFile}`,
        lastLines(),
      )
    await wait(PAUSE)
  }
}

/**
 * @param {string} url
 * @param {Record<string, string>} [headers]
 */
async function answers(url, headers = {}) {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}
