import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import { afterAll, describe, expect, test } from 'vitest'
import { buildError } from './build-error.ts'
import { interpreterOf } from './kernels.ts'
import { PythonFinder } from './python.ts'
import { canonical, lineOf, readRequirements } from './requirements.ts'
import { plainProgress } from './run-uv.ts'
import { createEnvironmentService } from './service.ts'
import { SharedWork } from './shared-work.ts'

const folder = mkdtempSync(join(tmpdir(), 'secxops-env-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const caller = () => ({ signal: new AbortController().signal, progress: () => {} })

describe('requirements', () => {
  test('comments, order and spacing do not change the identity, a version does', () => {
    const write = (name: string, text: string): string => {
      const path = join(folder, name)
      writeFileSync(path, text)
      return readRequirements(path).text
    }
    const one = write('a.txt', '# tools\npandas==2.2.0  # frames\n\nnumpy>=1\n')
    expect(write('b.txt', 'numpy>=1\npandas==2.2.0')).toBe(one)
    expect(write('c.txt', 'numpy>=1\npandas==2.2.1')).not.toBe(one)
  })

  test('an included file is part of the identity, and a change of it is seen', () => {
    const included = join(folder, 'base.txt')
    const path = join(folder, 'with-base.txt')
    writeFileSync(included, 'numpy\n')
    writeFileSync(path, '-r base.txt\npandas\n')
    expect(readRequirements(path).text).toBe('numpy\npandas')
    writeFileSync(included, 'numpy==2\n')
    utimesSync(included, 1, 1)
    expect(readRequirements(path).text).toBe('numpy==2\npandas')
  })

  test('a local folder is refused with its line, a missing file with its name', () => {
    const path = join(folder, 'local.txt')
    writeFileSync(path, 'pandas\n-e .\n')
    expect(thrown(() => readRequirements(path)).where).toEqual({ path, line: 2 })
    expect(thrown(() => readRequirements(join(folder, 'none.txt'))).message).toContain('none.txt')
  })

  test('a distribution is found in any spelling', () => {
    expect(lineOf('pandas\nScikit_Learn==1.5\n', 'scikit-learn')).toBe(2)
    expect(canonical('Ruamel.YAML')).toBe('ruamel-yaml')
  })
})

describe('words of uv', () => {
  const cause = (text: string, requirements?: string): SecxopsError => buildError(text, requirements)
  const unsatisfiable = 'we can conclude that your requirements are unsatisfiable.'

  test('an unknown package is named with its line', () => {
    const path = join(folder, 'typo.txt')
    writeFileSync(path, 'numpy\npandsa==2\n')
    const { body } = cause(
      `error: No solution found when resolving dependencies\n  cause: Because pandsa was not found in the package registry and you require pandsa, ${unsatisfiable}`,
      path,
    )
    expect(body.code).toBe('no-environment')
    expect(body.message).toContain('"pandsa"')
    expect(body.where).toEqual({ path, line: 2 })
  })

  test('network, disk and contradiction have their own words', () => {
    expect(cause('error: Failed to fetch: https://x\n  cause: tcp connect error').body.code).toBe('no-network')
    expect(cause('error: failed to write: No space left on device (os error 28)').body.code).toBe('disk-full')
    const conflict = cause(
      `error: No solution found when resolving dependencies\n  cause: Because pandas==2.0.0 depends on numpy<2 and you require numpy==2.2.0, ${unsatisfiable}`,
    )
    expect(conflict.body.message).toContain('contradict')
    expect(
      cause(
        `error: No solution found when resolving dependencies\n  cause: Because there is no version of pandas==99.1 and you require pandas==99.1, ${unsatisfiable}`,
      ).body.message,
    ).toContain('no version of "pandas"')
    expect(cause("error: Unexpected '=', expected the start of a requirement: r2.txt:2:1").body.message).toContain(
      'Line 2',
    )
  })

  test('progress is told in plain steps', () => {
    expect(plainProgress('Downloading scikit-learn (8.4MiB)')).toBe('downloading scikit-learn (8.4 MiB)')
    expect(plainProgress('Prepared 23 packages in 1.07s')).toBe('installing 23 packages')
    expect(plainProgress(' + numpy==2.2.0')).toBeUndefined()
  })
})

describe('a build that fails', () => {
  test('tells each of two modules that share it of its own requirements file', async () => {
    const root = mkdtempSync(join(folder, 'home-'))
    const uv = join(root, 'uv')
    const words = 'Because nope was not found in the package registry and you require nope'
    // It fails only once both wait for it.
    const fake = `#!/bin/sh\n[ "$1" = pip ] || exit 0\nuntil [ -e ${root}/both ]; do sleep 0.05; done\nfor last; do :; done\necho "No solution found for $last: ${words}" >&2; exit 1\n`
    writeFileSync(uv, fake, { mode: 0o755 })
    const environments = createEnvironmentService({
      home: { root, environments: join(root, 'environments') },
      settings: () => ({ python: '' }),
      env: { ...process.env, SECXOPS_UV: uv },
    })
    const module = (name: string, text: string): string => {
      const directory = join(root, name)
      mkdirSync(directory)
      writeFileSync(join(directory, 'requirements.txt'), text)
      return directory
    }
    const folders = [module('a', 'nope\n'), module('b', '# what it needs\nnope\n')]
    let waiting = 0
    const progress = (line: string): void => {
      if (line === 'resolving requirements') waiting += 1
      if (waiting === folders.length) writeFileSync(join(root, 'both'), '')
    }
    const failures = await Promise.allSettled(
      folders.map((directory) =>
        environments.prepare({ requirements: 'requirements.txt' }, directory, false, { ...caller(), progress }),
      ),
    )
    expect(failures).toMatchObject(
      folders.map((directory, i) => ({
        reason: {
          body: {
            where: { path: join(directory, 'requirements.txt'), line: i + 1 },
            cause: expect.stringContaining('for requirements.txt:'),
          },
        },
      })),
    )
  })
})

describe('kernels', () => {
  test('an installed kernel gives its interpreter, an unknown or outside name is refused with what is there', () => {
    const data = join(folder, 'jupyter')
    mkdirSync(join(data, 'kernels', 'team'), { recursive: true })
    writeFileSync(
      join(data, 'kernels', 'team', 'kernel.json'),
      JSON.stringify({ argv: ['/opt/team/bin/python', '-m', 'ipykernel_launcher'] }),
    )
    const env = { JUPYTER_PATH: data, HOME: folder }
    expect(interpreterOf('team', env)).toBe('/opt/team/bin/python')
    expect(thrown(() => interpreterOf('taem', env)).message).toContain('Did you mean "team"')
    expect(thrown(() => interpreterOf('../../x', env)).code).toBe('no-environment')
  })
})

describe('interpreter', () => {
  test('a broken configured Python is refused by name; a shim is followed to the real one and remembered', async () => {
    const cache = join(folder, 'interpreters.json')
    const wrong = new PythonFinder(cache, () => ({ configured: '/no/such/python', env: process.env }))
    await expect(wrong.find()).rejects.toMatchObject({
      body: { code: 'no-python', message: expect.stringContaining('/no/such/python') },
    })
    const real = await new PythonFinder(cache, () => ({ configured: '', env: process.env })).find()
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    const count = join(folder, 'count')
    writeFileSync(join(bin, 'python3'), `#!/bin/sh\necho x >> '${count}'\nexec '${real.path}' "$@"\n`, { mode: 0o755 })
    const search = () => ({ configured: '', env: { PATH: bin } })
    expect((await new PythonFinder(cache, search).find()).path).toBe(real.path)
    expect((await new PythonFinder(cache, search).find()).path).toBe(real.path)
    expect(spawnSync('wc', ['-l', count], { encoding: 'utf8' }).stdout.trim()).toMatch(/^1 /)
  })

  test('no Python at all says what to install', async () => {
    const finder = new PythonFinder(join(folder, 'none.json'), () => ({ configured: '', env: { PATH: folder } }))
    await expect(finder.find()).rejects.toMatchObject({ body: { code: 'no-python' } })
  })
})

describe('shared work', () => {
  test('two callers share one piece of work; it stops only when both have left', async () => {
    const shared = new SharedWork<string>()
    const [first, second] = [new AbortController(), new AbortController()]
    let starts = 0
    const work = (signal: AbortSignal): Promise<string> =>
      new Promise((_resolve, reject) => {
        starts += 1
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    const a = shared.run('k', { signal: first.signal, progress: () => {} }, work)
    const b = shared.run('k', { signal: second.signal, progress: () => {} }, work)
    first.abort(new Error('first left'))
    await expect(a).rejects.toThrow('first left')
    second.abort(new Error('second left'))
    await expect(b).rejects.toThrow('second left')
    expect(starts).toBe(1)
    await expect(shared.run('k', caller(), async () => 'again')).resolves.toBe('again')
  })
})

function thrown(fn: () => unknown): SecxopsError['body'] {
  try {
    fn()
  } catch (error) {
    if (error instanceof SecxopsError) return error.body
    throw error
  }
  throw new Error('nothing was thrown')
}
