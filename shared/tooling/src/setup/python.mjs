import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { Failure } from './failure.mjs'
import { CACHE, REQUIREMENTS, UV } from './paths.mjs'
import { hashOf, isStamped, stamp } from './stamp.mjs'

const OLDEST = 11
const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.14', 'python']
// The interpreter behind shims, links and virtual environments: one of those may be ours, and about to be made anew.
const ASK = `
import os, sys
print("%d.%d" % sys.version_info[:2])
print(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))
`

/**
 * The first Python ≥ 3.11: `SECXOPS_PYTHON`, else what PATH offers.
 * @returns {{path: string, version: string}}
 */
export function findPython() {
  /** @type {string[]} */
  const seen = []
  for (const name of process.env.SECXOPS_PYTHON ? [process.env.SECXOPS_PYTHON] : CANDIDATES) {
    const [version, path] = spawnSync(name, ['-c', ASK], { encoding: 'utf8' }).stdout?.trim().split('\n') ?? []
    if (!version || !path) continue
    const [major, minor] = version.split('.').map(Number)
    if (major === 3 && (minor ?? 0) >= OLDEST) return { path, version }
    seen.push(`${version} (${path})`)
  }
  throw new Failure(
    `Python 3.${OLDEST} or newer is needed; ${seen.length ? `found only ${seen.join(', ')}` : 'none was found on PATH'}.`,
    'install it (Debian, Ubuntu: `apt install python3 python3-venv`; macOS: `brew install python`) or set SECXOPS_PYTHON to one',
  )
}

/**
 * Puts the pinned uv into `.cache/uv`. Where Python comes without ensurepip, its pip does it.
 * @param {string} python
 * @param {(line: string) => void} say
 */
export async function ensureUv(python, say) {
  const lock = join(REQUIREMENTS, 'uv.txt')
  const folder = join(CACHE, 'uv')
  const identity = hashOf([lock], python)
  if (existsSync(UV) && isStamped(folder, identity)) return
  say('fetching uv')
  rmSync(folder, { recursive: true, force: true })
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--require-hashes', '-r', lock]
  if (spawnSync(python, ['-c', 'import ensurepip']).status === 0) {
    await run(python, ['-m', 'venv', folder], { say })
    await run(join(folder, 'bin', 'python'), install, { say })
  } else if (spawnSync(python, ['-m', 'pip', '--version']).status === 0) {
    await run(python, [...install, '--target', folder], { say })
  } else {
    throw new Failure(
      `${python} has neither ensurepip nor pip.`,
      'install one (Debian, Ubuntu: `apt install python3-venv`) or set SECXOPS_PYTHON to a Python that has it',
    )
  }
  stamp(folder, identity)
}
