import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { assetPath } from '../assets.ts'
import { withoutEnvironment } from './build.ts'
import { type GroupCommand, runGroup } from './run-group.ts'
import { executable } from './uv.ts'

/** Version that is installed where there is no uv: the one pinned in the asset `uv.txt`. */
export const pinnedUv = (): string => /^uv==(\S+)/m.exec(readFileSync(assetPath('uv.txt'), 'utf8'))?.[1] ?? ''

const folderOf = (tools: string): string => join(tools, `uv-${pinnedUv()}`)

/** Path of the uv that was installed below `tools` before. */
export function installedUv(tools: string): string | undefined {
  const path = join(folderOf(tools), 'bin', 'uv')
  return executable(path) ? path : undefined
}

/** What pip prints when it could not talk to the registry at all. */
const UNREACHABLE = /Retrying \(|Connection|Name or service not known|timed out|ProxyError|SSLError/

/**
 * Installs the pinned uv, checked by its hash, below `tools` and answers its path: by the pip of `python`, or by one that its `ensurepip`
 * gives. All or nothing. Rejects with no-network, no-environment or disk-full.
 */
export async function installUv(
  tools: string,
  python: string,
  options: { env: NodeJS.ProcessEnv; signal: AbortSignal; progress(line: string): void },
): Promise<string> {
  mkdirSync(tools, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(tools)) if (name.startsWith('.')) rmSync(join(tools, name), { recursive: true })
  const staged = mkdtempSync(join(tools, '.uv-'))
  const run = (command: string, args: string[]) =>
    runGroup({ command, args, cwd: staged, env: pipEnvironment(options.env), signal: options.signal })
  try {
    options.progress(`installing uv ${pinnedUv()}, which makes environments (once)`)
    let pip = python
    if ((await run(python, ['-c', 'import pip'])).code !== 0) {
      const carrier = join(staged, 'carrier')
      if ((await run(python, ['-m', 'venv', carrier])).code !== 0) throw noPip(python)
      pip = join(carrier, 'bin', 'python')
    }
    const target = join(staged, 'target')
    const { code, stderr } = await run(pip, [...INSTALL, '--target', target, '-r', assetPath('uv.txt')])
    if (code !== 0) throw failed(stderr)
    const folder = folderOf(tools)
    // Another process may have been first; its uv is the same.
    if (!existsSync(folder)) renameSync(target, folder)
    return join(folder, 'bin', 'uv')
  } finally {
    rmSync(staged, { recursive: true, force: true, maxRetries: 3 })
  }
}

const INSTALL = ['-m', 'pip', 'install', '--require-hashes', '--no-deps', '--no-user', '--no-input', '--retries', '2']

/** The user's settings of pip count (a mirror, a proxy), but not those that forbid a folder of our own. */
function pipEnvironment(env: NodeJS.ProcessEnv): GroupCommand['env'] {
  return { ...withoutEnvironment(env), PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_REQUIRE_VIRTUALENV: '0' }
}

const OTHERWISE = 'Or install uv yourself and name it in SECXOPS_UV.'

const noPip = (python: string): SecxopsError =>
  new SecxopsError({
    code: 'no-environment',
    message: `${python} has neither pip nor ensurepip, so uv, which makes Python environments, cannot be installed. ${OTHERWISE}`,
    next: [{ kind: 'run-command', label: 'On Debian and Ubuntu', command: 'apt install python3-venv' }],
  })

function failed(stderr: string): SecxopsError {
  const cause = stderr.trim().slice(-2000)
  if (/No space left on device|ENOSPC/.test(stderr))
    return new SecxopsError({
      code: 'disk-full',
      message: 'The disk is full: uv could not be installed. Free space and try again; nothing half-made was kept.',
      cause,
    })
  if (UNREACHABLE.test(stderr))
    return new SecxopsError({
      code: 'no-network',
      message: `uv, which makes Python environments, is not on this machine, and the package registry could not be reached to install it. Check the network or the proxy settings and try again. ${OTHERWISE}`,
      cause,
    })
  return new SecxopsError({
    code: 'no-environment',
    message: `uv, which makes Python environments, could not be installed by pip. ${OTHERWISE}`,
    cause,
  })
}
