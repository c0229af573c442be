import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { ROOT } from './paths.mjs'

/** @typedef {Record<string, {version?: string, integrity?: string, optional?: boolean, link?: boolean}>} Packages */

/**
 * True when what npm last installed into `root` is what its lock file says.
 * @param {string} root
 */
export function npmIsCurrent(root) {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  /** @type {Packages} */
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages
  /** @type {Packages} */
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(want).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true
    const there = have[path]
    return there ? there.version === entry.version && there.integrity === entry.integrity : entry.optional === true
  })
}

/**
 * Installs the npm packages of the lock file, when they are not there yet.
 * @param {(line: string) => void} say
 */
export async function ensureNpmPackages(say) {
  if (npmIsCurrent(ROOT)) return 'up to date'
  say('npm ci')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=http']
  let fetched = 0
  const count = (/** @type {string} */ line) => {
    if (!/ fetch GET /.test(line)) return say(line)
    fetched += 1
    say(`${fetched} fetched`)
  }
  const options = { cwd: ROOT, say: count, next: 'read the lines above; `npm ci` shows the same by hand' }
  // npm's own Node: the one in node_modules is about to be replaced.
  if (npm) await run(process.env.npm_node_execpath ?? process.execPath, [npm, ...args], options)
  else await run('npm', args, options)
}
