import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { ENVIRONMENT, PYTHON, REQUIREMENTS, UV } from './paths.mjs'
import { hashOf, isStamped, stamp } from './stamp.mjs'

/** JupyterLab's own defaults, where ours differ: no news, no dialogs about them. */
const OVERRIDES = {
  '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
}

/**
 * Makes the Python environment of the locked packages.
 * @param {{path: string, version: string}} python
 * @param {(line: string) => void} say
 */
export async function ensurePythonPackages(python, say) {
  const lock = join(REQUIREMENTS, 'start.txt')
  const identity = hashOf([lock], python.path, python.version, JSON.stringify(OVERRIDES))
  if (existsSync(PYTHON) && isStamped(ENVIRONMENT, identity)) return 'up to date'
  rmSync(ENVIRONMENT, { recursive: true, force: true })
  await run(UV, ['venv', '--quiet', '--python', python.path, ENVIRONMENT], { say })
  await run(UV, ['pip', 'install', '--python', PYTHON, '--require-hashes', '-r', lock], { say })
  const settings = join(ENVIRONMENT, 'share', 'jupyter', 'lab', 'settings')
  mkdirSync(settings, { recursive: true })
  writeFileSync(join(settings, 'overrides.json'), JSON.stringify(OVERRIDES))
  stamp(ENVIRONMENT, identity)
}
