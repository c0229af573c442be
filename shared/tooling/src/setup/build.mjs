import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { CACHE, ENVIRONMENT, PYTHON, ROOT, UV, VSIX } from './paths.mjs'
import { hashOf, isStamped, stamp } from './stamp.mjs'

const SOURCES = [
  'backend',
  'extensions',
  'images',
  'shared/client',
  'shared/panels',
  'shared/protocol',
  'shared/sdk-python',
  'package-lock.json',
]
const DIST = join(ROOT, 'extensions', 'jupyterlab', 'dist')
const BUILT = '.built'
const INSTALLED = '.secxops-wheel'

/** Path of the built wheel, if there is one. */
export function wheelPath() {
  const name = existsSync(DIST) ? readdirSync(DIST).find((file) => file.endsWith('.whl')) : undefined
  return name ? join(DIST, name) : undefined
}

/**
 * Builds backend, JupyterLab extension with its wheel and VS Code extension when a source has changed, and installs the wheel.
 * @param {string} node Node 24
 * @param {(line: string) => void} say
 */
export async function ensureBuilt(node, say) {
  const sources = hashOf(SOURCES.map((path) => join(ROOT, path)))
  const bundle = join(ROOT, 'backend', 'dist', 'secxops.mjs')
  const built = existsSync(bundle) && wheelPath() !== undefined && existsSync(VSIX)
  const current = built && isStamped(CACHE, sources, BUILT)
  if (!current) {
    say('backend')
    await run(node, [join(ROOT, 'backend', 'build.ts')], { cwd: ROOT, say })
    say('JupyterLab extension and wheel')
    await run(node, [join(ROOT, 'extensions', 'jupyterlab', 'build.ts'), '--wheel', PYTHON], { cwd: ROOT, say })
    say('VS Code extension')
    await run(node, [join(ROOT, 'extensions', 'vscode', 'build.ts'), '--vsix'], { cwd: ROOT, say })
    stamp(CACHE, sources, BUILT)
  }
  if (current && isStamped(ENVIRONMENT, sources, INSTALLED)) return 'up to date'
  const wheel = wheelPath()
  if (!wheel) throw new Error(`no wheel in ${DIST} after the build`)
  const install = ['pip', 'install', '--python', PYTHON, '--no-deps', '--no-cache', '--reinstall', '--compile-bytecode']
  await run(UV, [...install, wheel], { say })
  stamp(ENVIRONMENT, sources, INSTALLED)
}
