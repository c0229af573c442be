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
 * Runs npm; what it fetches is counted instead of listed.
 * @param {string[]} args
 * @param {{cwd: string, say: (line: string) => void, node?: string, env?: NodeJS.ProcessEnv}} options `node`: what npm runs
 * on; its own Node unless given
 */
export async function npm(args, { cwd, say, node, env }) {
  let fetched = 0
  const count = (/** @type {string} */ line) => {
    if (!/^npm http (fetch GET|cache) /.test(line)) return say(line)
    fetched += 1
    say(`${fetched} fetched`)
  }
  const options = { cwd, env, say: count, next: `read the lines above; \`npm ${args[0]}\` in ${cwd} shows the same` }
  const all = [...args, '--no-audit', '--no-fund', '--loglevel=http']
  const script = process.env.npm_execpath
  if (script) await run(node ?? process.env.npm_node_execpath ?? process.execPath, [script, ...all], options)
  else await run('npm', all, options)
}

/**
 * Installs the npm packages of the lock file, when they are not there yet. npm runs on its own Node: the one in
 * node_modules is about to be replaced.
 * @param {(line: string) => void} say
 */
export async function ensureNpmPackages(say) {
  if (npmIsCurrent(ROOT)) return 'up to date'
  say('npm ci')
  await npm(['ci'], { cwd: ROOT, say })
}
