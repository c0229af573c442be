import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { pinnedUv } from './install-uv.ts'
import { createEnvironmentService, type Environments } from './service.ts'
import { unreachable } from './testing/unreachable.ts'

const folder = mkdtempSync(join(tmpdir(), 'secxops-uv-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A machine with a Python of this kind, and nothing else. */
function freshMachine(venv: string[], more: NodeJS.ProcessEnv = {}): { service: Environments; root: string } {
  const root = mkdtempSync(join(folder, 'home-'))
  const python = join(root, 'python')
  expect(spawnSync('python3', ['-m', 'venv', ...venv, python]).status).toBe(0)
  mkdirSync(join(root, 'environments'))
  const { UV_CACHE_DIR: _cache, SECXOPS_UV: _uv, SECXOPS_PYTHON: _python, VIRTUAL_ENV: _venv, ...rest } = process.env
  const env = { ...rest, PATH: `${join(python, 'bin')}:/usr/bin:/bin`, HOME: root, ...more }
  const home = { root, environments: join(root, 'environments') }
  return { service: createEnvironmentService({ home, settings: () => ({ python: '' }), env }), root }
}

const caller = (progress: (line: string) => void = () => {}) => ({ signal: new AbortController().signal, progress })

test.for<[string, string[]]>([
  ['with pip', []],
  ['with ensurepip only', ['--without-pip']],
])('where there is no uv, a Python %s installs it once for all who wait', async ([, venv], context) => {
  const { service, root } = freshMachine(venv)
  expect(await service.findUv()).toBeUndefined()
  const directory = join(root, 'module')
  mkdirSync(directory)
  writeFileSync(join(directory, 'requirements.txt'), '# nothing\n')
  const lines: string[] = []
  const all = [
    service.prepare(
      {},
      folder,
      false,
      caller((line) => lines.push(line)),
    ),
    service.prepare({ python: undefined }, directory, true, { signal: AbortSignal.timeout(1), progress: () => {} }),
  ]
  const [prepared, second] = await Promise.allSettled(all)
  if (prepared?.status === 'rejected') return context.skip(await unreachable(prepared.reason))
  expect(prepared).toMatchObject({ status: 'fulfilled' })
  expect(second).toMatchObject({ status: 'rejected' })
  expect(lines).toContain(`installing uv ${pinnedUv()}, which makes environments (once)`)
  expect(readdirSync(join(root, 'tools'))).toEqual([`uv-${pinnedUv()}`])
  expect(await service.findUv()).toBe(join(root, 'tools', `uv-${pinnedUv()}`, 'bin', 'uv'))
})

test('without a network the error says so, and nothing is left', async () => {
  const { service, root } = freshMachine(['--without-pip'], { PIP_INDEX_URL: 'http://127.0.0.1:9/simple' })
  const failure = await service.prepare({}, folder, false, caller()).catch((error: unknown) => error)
  expect(failure).toMatchObject({ body: { code: 'no-network', message: expect.stringContaining('SECXOPS_UV') } })
  expect(readdirSync(join(root, 'tools'))).toEqual([])
  expect(readdirSync(join(root, 'environments'))).toEqual([])
})
