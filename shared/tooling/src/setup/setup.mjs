import { mkdirSync } from 'node:fs'
import { ensureBuilt } from './build.mjs'
import { ensurePythonPackages } from './environment.mjs'
import { node24 } from './node.mjs'
import { ensureNpmPackages } from './npm.mjs'
import { CACHE } from './paths.mjs'
import { ensureUv, findPython } from './python.mjs'

/** How many steps {@link setUp} reports. */
export const SETUP_STEPS = 3

/**
 * Brings a fresh clone to where everything runs: npm packages, Python environment, build. Does only what is missing.
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<{node: string}>} path of Node 24
 */
export async function setUp(progress) {
  mkdirSync(CACHE, { recursive: true })
  const python = findPython()
  await progress.step('npm packages', ensureNpmPackages)
  await progress.step(`Python ${python.version} packages`, async (say) => {
    await ensureUv(python.path, say)
    return ensurePythonPackages(python, say)
  })
  const node = node24()
  await progress.step('build', (say) => ensureBuilt(node, say))
  return { node }
}
