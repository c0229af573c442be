import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { run } from '../setup/command.mjs'
import { ROOT } from '../setup/paths.mjs'

const BUNDLE = join(ROOT, 'backend', 'dist', 'secxops.mjs')

/**
 * Starts the daemon of our home. One that an ended `npm start` left behind is stopped before, when no run is active.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
export async function startBackend(node, env) {
  spawnSync(node, [BUNDLE, 'serve', '--stop'], { env, stdio: 'ignore' })
  await run(node, [BUNDLE, 'serve', '--ensure'], { env, next: 'run `npx secxops doctor`' })
}

/**
 * Cancels the runs of our home and stops its daemon; resolves when both are proven, or at the deadline.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {number} deadline milliseconds
 */
export function stopBackend(node, env, deadline) {
  const child = spawn(node, [BUNDLE, 'serve', '--stop', '--cancel-runs'], { env, detached: true, stdio: 'ignore' })
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), deadline)
    child.once('error', () => resolve(false))
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}
