import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

// Starts the shims for the backend. A start costs as much as the starting process has memory, so a small process does it.
// It ends with the backend; what it has started goes on.

/**
 * What the backend asks: `argv` (its first word is a path) starts in `cwd` with exactly `env`, as the leader of a new process
 * group; what it prints is added to the file `log`. `id` names the start in the answers.
 * @typedef {{ id: number, argv: string[], cwd: string, env: Record<string, string>, log: string }} Start
 */
/**
 * What it is told: the pid, or why it did not start; then the exit code (null: ended by a signal).
 * @typedef {{ id: number, pid: number } | { id: number, error: { message: string, code?: string } } | { id: number, exit: number | null }} Answer
 */

/** @param {Answer} answer */
const tell = (answer) => process.send?.(answer)

/** @param {{ id: number, error: unknown }} failure */
const refuse = ({ id, error }) => {
  const { message, code } = /** @type {NodeJS.ErrnoException} */ (error)
  tell({ id, error: { message, code } })
}

process.on('message', (/** @type {Start} */ { id, argv: [program = '', ...words], cwd, env, log }) => {
  try {
    const output = openSync(log, 'a', 0o600)
    try {
      const child = spawn(program, words, { cwd, env, detached: true, stdio: ['ignore', output, output] })
      const { pid } = child
      child.once('error', (error) => refuse({ id, error }))
      if (pid === undefined) return
      tell({ id, pid })
      // `exit`, not `close`: a grandchild may hold the files for ever.
      child.once('exit', (exit) => tell({ id, exit }))
    } finally {
      closeSync(output)
    }
  } catch (error) {
    refuse({ id, error })
  }
})
process.once('disconnect', () => process.exit())
