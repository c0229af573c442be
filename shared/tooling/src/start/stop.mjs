import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { stopBackend } from './backend.mjs'
import { leftovers, signalAll, waitForNone } from './leftovers.mjs'

const GRACE = 8_000

/**
 * Stops everything of one start: runs are cancelled on proof, the editor ends what it started and itself, what still carries
 * the mark after that is ended by signal.
 * @param {{node: string, env: NodeJS.ProcessEnv, mark: string, editor?: import('node:child_process').ChildProcess}} all
 * @returns {Promise<boolean>} true when nothing is left
 */
export async function stopAll({ node, env, mark, editor }) {
  await Promise.all([stopBackend(node, env, GRACE + 4000), editor && stopEditor(editor)])
  signalAll(leftovers(mark), 'SIGTERM')
  signalAll(await waitForNone(mark, 1000), 'SIGKILL')
  return (await waitForNone(mark, 2000)).length === 0
}

/** @param {import('node:child_process').ChildProcess} editor */
async function stopEditor(editor) {
  if (editor.exitCode !== null || editor.signalCode !== null) return
  const ended = once(editor, 'exit')
  editor.kill('SIGTERM')
  const stuck = new AbortController()
  await Promise.race([ended, wait(GRACE, undefined, { signal: stuck.signal }).catch(() => {})])
  stuck.abort()
  if (editor.exitCode === null && editor.signalCode === null && editor.pid) signalAll([-editor.pid], 'SIGKILL')
}
