import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../setup/failure.mjs'
import { STATE } from '../setup/paths.mjs'

const NOTE = join(STATE, 'running')

/** Refuses a second start in one repository: the first one's Ctrl-C would stop the backend under the second. */
export async function needAlone() {
  const url = note()
  if (url && (await answers(url)))
    throw new Failure(
      `SecXOps already runs from this folder: ${url}`,
      'open that page, or press Ctrl-C where it was started',
    )
}

/**
 * Notes where this start answers.
 * @param {string} url
 */
export function noteRunning(url) {
  mkdirSync(STATE, { recursive: true })
  writeFileSync(NOTE, url, { mode: 0o600 })
}

/** Takes the note away. */
export function noteStopped() {
  rmSync(NOTE, { force: true })
}

function note() {
  try {
    return readFileSync(NOTE, 'utf8')
  } catch {
    return undefined
  }
}

/** @param {string} url */
async function answers(url) {
  try {
    // VS Code answers the address with its token by a redirect.
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.status < 400
  } catch {
    return false
  }
}
