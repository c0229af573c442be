import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEnvironmentService, type Environments } from './service.ts'
import { unreachable } from './testing/unreachable.ts'

const folder = mkdtempSync(join(tmpdir(), 'secxops-env-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const caller = () => ({ signal: new AbortController().signal, progress: () => {} })

describe('environments by uv', () => {
  let service: Environments
  let environments: string
  beforeAll(() => {
    const root = mkdtempSync(join(folder, 'home-'))
    environments = join(root, 'environments')
    mkdirSync(environments)
    service = createEnvironmentService({ home: { root, environments }, settings: () => ({ python: '' }) })
  })

  test('a shell module needs nothing', async () => {
    expect(await service.prepare(undefined, folder, false, caller())).toEqual({
      bin: [],
      variables: {},
      digest: 'none',
    })
  })

  test('a bare environment is built once for two callers and found afterwards', async (context) => {
    await uvOrSkip(context)
    const [a, b] = await Promise.all([
      service.prepare({}, folder, false, caller()),
      service.prepare({}, folder, false, caller()),
    ])
    expect(a).toEqual(b)
    expect(readdirSync(environments).filter((name) => !name.endsWith('.json'))).toHaveLength(1)
    expect(await service.digest({}, folder, false)).toBe(a.digest)
    const { stdout } = spawnSync(String(a.python), ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' })
    expect(stdout.trim()).toBe(a.variables.VIRTUAL_ENV)
  })

  test('an interpreter that was removed makes its environment be built again', async (context) => {
    await uvOrSkip(context)
    const before = await service.prepare({}, folder, false, caller())
    rmSync(String(before.python))
    symlinkSync('/no/such/python', String(before.python))
    const after = await service.prepare({}, folder, false, caller())
    expect(after.python).not.toBe(before.python)
    expect(existsSync(String(after.python))).toBe(true)
  })

  test('a failed build leaves nothing and names the line', async (context) => {
    await uvOrSkip(context)
    const directory = mkdtempSync(join(folder, 'broken-'))
    writeFileSync(join(directory, 'requirements.txt'), 'six\n==bad==\n')
    const before = readdirSync(environments).sort()
    const failure = await service
      .prepare({ requirements: 'requirements.txt' }, directory, false, caller())
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SecxopsError)
    expect(failure).toMatchObject({ body: { code: 'no-environment', where: { line: 2 } } })
    expect(readdirSync(environments).sort()).toEqual(before)
  })

  test('a caller that leaves stops the build and leaves nothing', async (context) => {
    await uvOrSkip(context)
    const directory = mkdtempSync(join(folder, 'cancel-'))
    writeFileSync(join(directory, 'requirements.txt'), 'scikit-learn\n')
    const before = readdirSync(environments).sort()
    const controller = new AbortController()
    const leaving = service.prepare({ requirements: 'requirements.txt' }, directory, false, {
      signal: controller.signal,
      progress: (line) => line === 'resolving requirements' && controller.abort(new Error('left')),
    })
    await expect(leaving).rejects.toThrow('left')
    expect(readdirSync(environments).sort()).toEqual(before)
  })

  async function uvOrSkip(context: { skip(note?: string): never }): Promise<void> {
    await service.prepare({}, folder, false, caller()).catch(async (error: unknown) => {
      context.skip(await unreachable(error))
    })
  }
})
