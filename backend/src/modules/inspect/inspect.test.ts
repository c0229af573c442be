import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { RouteInput } from '@secxops/protocol/api'
import type { Values } from '@secxops/protocol/inspect'
import { liveImportsCode } from '@secxops/protocol/live-imports'
import { parseStart, renderArgv } from '@secxops/protocol/start-command'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { assetPath } from '../../assets.ts'
import { PythonFinder } from '../../environments/python.ts'
import { previewArgv } from '../argv.ts'
import { readModule } from '../locate.ts'
import { inspect } from './inspect.ts'
import type { Findings } from './run-inspector.ts'
import { startOf } from './start.ts'

const root = mkdtempSync(join(tmpdir(), 'secxops-inspect-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const finder = new PythonFinder(join(root, 'interpreters.json'), () => ({ configured: '', env: process.env }))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'))
})

function write(path: string, text: string): string {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, text)
  return full
}

const look = (path: string, more: Partial<RouteInput<'modules.inspect'>['body']> = {}) =>
  inspect(
    { path, ...more },
    {
      baseImage: 'registry.example/python:3.11',
      python: () => finder.find(),
      identify: (one) => finder.identify(one),
      signal: new AbortController().signal,
    },
  )

const notebook = (...cells: string[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((source, index) => ({
      cell_type: 'code',
      id: `${index}`,
      metadata: index === 0 ? { tags: ['parameters'] } : {},
      source,
      outputs: [],
      execution_count: null,
    })),
  })

test('several options that lie outside the module become inputs without a path', async () => {
  const lines = ['import argparse', 'import json', 'import pandas', 'p = argparse.ArgumentParser()']
  for (const name of ['train', 'test', 'labels']) lines.push(`p.add_argument("--${name}", default="../${name}.csv")`)
  lines.push('a = p.parse_args()', 'pandas.read_csv(a.train)', 'pandas.read_csv(a.test)', 'json.load(open(a.labels))')
  const { module } = await look(write('three.py', lines.join('\n')))
  expect(module.inputs).toEqual({ train: { type: 'dataset' }, test: { type: 'dataset' }, labels: { type: 'dataset' } })
})

describe('switches', () => {
  test('of argparse are booleans whose words stand where they are true or false; the help of a file stays with its port', async () => {
    const options = [
      'p.add_argument("csv", help="requests to learn from")',
      'p.add_argument("--balanced", action="store_true", help="weigh classes alike")',
      'p.add_argument("--no-shuffle", dest="shuffle", action="store_false")',
      'p.add_argument("--cache", action=argparse.BooleanOptionalAction)',
      'p.add_argument("--warm", dest="warm", action="store_true")',
      'p.add_argument("--cold", dest="warm", action="store_false")',
      'p.add_argument("--lr", type=float, default=0.1)',
    ]
    const lines = ['import argparse', 'import pandas', 'p = argparse.ArgumentParser()', ...options]
    const { module } = await look(
      write('fit.py', [...lines, 'a = p.parse_args()', 'pandas.read_csv(a.csv)'].join('\n')),
    )
    expect(module.parameters).toEqual({
      balanced: { type: 'boolean', default: false, description: 'weigh classes alike' },
      shuffle: { type: 'boolean', default: true },
      cache: { type: 'boolean', required: false },
      warm: { type: 'boolean', default: false },
      lr: { type: 'number', default: 0.1 },
    })
    expect(module.inputs).toEqual({ csv: { type: 'dataset', description: 'requests to learn from' } })
    expect(module.start).toBe(
      `python3 fit.py \${balanced?--balanced} \${shuffle?:--no-shuffle} \${cache?--cache:--no-cache} \${warm?--warm:--cold} --lr $lr $csv`,
    )
    const argv = (values: Values): string[] => previewArgv(module, values).argv.slice(2, -3)
    expect(argv({})).toEqual(['--cold'])
    expect(argv({ balanced: true, shuffle: false, cache: false, warm: true })).toEqual([
      '--balanced',
      '--no-shuffle',
      '--no-cache',
      '--warm',
    ])
  })

  test('of click and typer are booleans with the default of the program', async () => {
    const click =
      'import click\n@click.command()\n@click.option("--loud/--quiet", default=True)\n@click.option("--dry", is_flag=True)\ndef main(loud, dry): pass\n'
    const clicked = await look(write('clicked.py', click))
    expect(clicked.module.start).toBe(`python3 clicked.py \${loud?--loud:--quiet} \${dry?--dry}`)
    expect(clicked.module.parameters).toEqual({
      loud: { type: 'boolean', default: true },
      dry: { type: 'boolean', default: false },
    })
    const typer = 'import typer\ndef main(force: bool = False): pass\ntyper.run(main)\n'
    const typed = await look(write('typed.py', typer))
    expect(typed.module.start).toBe(`python3 typed.py \${force?--force:--no-force}`)
    expect(typed.module.parameters).toEqual({ force: { type: 'boolean', default: false } })
  })
})

describe('imports', () => {
  test('the live kernel is believed first, then the interpreter; an alias is marked as a guess', async () => {
    const path = write('a.py', 'import cv2, yaml, fastify_nowhere\n')
    const found = await look(path, { live: [{ module: 'cv2', distribution: 'opencv-python', version: '4.10.0' }] })
    expect(found.requirements).toMatchObject([
      { module: 'cv2', distribution: 'opencv-python', version: '4.10.0', where: 'live' },
      { module: 'yaml', distribution: 'PyYAML' },
      { module: 'fastify_nowhere', where: 'unknown' },
    ])
    expect(found.requirementsText).toContain('opencv-python==4.10.0\n')
    expect(found.problems.map((problem) => problem.message).join()).toContain('fastify_nowhere is not installed here')
  })

  test('an import of a file beside the entry of a folder is found in that file', async () => {
    write('main.py', 'import sys\nimport helper\n')
    const helper = write('helper.py', 'import os\nimport polars_nowhere\n')
    const [found] = (await look(folder)).requirements
    expect(found).toMatchObject({ module: 'polars_nowhere', evidence: { path: helper, line: 2 } })
  })

  test('an import that no known package has is told, not offered for installing under its own name', async () => {
    write('requirements.txt', 'rich\n')
    const { problems } = await look(write('a.py', 'import fastify_nowhere\n'))
    expect(problems).toHaveLength(1)
    expect(problems[0]?.message).toContain('no known package has it')
    expect(problems[0]?.next).toBeUndefined()
  })

  test('the code for the kernel names the distribution and version of what is installed, and leaves nothing behind', async () => {
    const python = await finder.find()
    const site = join(folder, 'site')
    write('site/Fake_Thing-2.1.dist-info/METADATA', 'Metadata-Version: 2.1\nName: Fake-Thing\nVersion: 2.1\n')
    write('site/Fake_Thing-2.1.dist-info/top_level.txt', 'fakething\n')
    write('site/other-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\nName: other\nVersion: 1.0\n')
    write('site/other-1.0.dist-info/RECORD', 'elsewhere/__init__.py,,\n')
    const code = `${liveImportsCode(['fakething', 'elsewhere', 'nothing', 'x"]); import os #'])}\nprint([n for n in dir() if "secxops" in n])`
    const { stdout } = spawnSync(python.path, ['-c', code], { encoding: 'utf8', env: { PYTHONPATH: site } })
    const [answer = '', names] = stdout.trim().split('\n')
    expect(JSON.parse(answer)).toEqual([
      { module: 'fakething', distribution: 'Fake-Thing', version: '2.1' },
      { module: 'elsewhere', distribution: 'other', version: '1.0' },
    ])
    expect(names).toBe('[]')
  })
})

describe('what is there already', () => {
  test('requirements.txt is taken; an import it does not name is offered', async () => {
    write('requirements.txt', 'PyYAML==6.0\n')
    const found = await look(write('a.py', 'import yaml, sklearn\n'))
    expect(found).toMatchObject({ requirementsExists: true, requirementsText: 'PyYAML==6.0\n' })
    expect(found.problems).toMatchObject([{ next: [{ kind: 'add-requirement', path: found.modulePath }] }])
    expect(found.problems[0]?.message).toContain('scikit-learn')
  })

  test('pyproject.toml and environment.yml give the requirements', async () => {
    write('pyproject.toml', '[project]\nname = "x"\ndependencies = ["pandas>=2", "rich"]\n')
    expect((await look(write('a.py', 'import pandas\n'))).requirementsText).toBe('pandas>=2\nrich\n')
    rmSync(join(folder, 'pyproject.toml'))
    write(
      'environment.yml',
      'name: x\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.11\n  - pandas=2.2\n  - pip:\n    - river==0.21\n',
    )
    expect((await look(join(folder, 'a.py'))).requirementsText).toBe('pandas==2.2\nriver==0.21\n')
  })

  test('a Dockerfile is shown as it is; without one every generated line has a reason', async () => {
    const path = write('a.py', 'print(1)\n')
    const generated = (await look(path)).dockerfile
    expect(generated.exists).toBe(false)
    expect(generated.lines[0]?.text).toBe('ARG BASE_IMAGE=registry.example/python:3.11')
    expect(generated.lines.every((line) => line.reason !== '')).toBe(true)
    write('Dockerfile', 'FROM alpine:3.20\nCMD ["true"]\n')
    expect((await look(path)).dockerfile).toEqual({
      exists: true,
      lines: [
        { text: 'FROM alpine:3.20', reason: '' },
        { text: 'CMD ["true"]', reason: '' },
      ],
    })
  })

  test("findings are merged into a module file that is there, and the user's words win", async () => {
    write(
      'module.yaml',
      'apiVersion: secxops/v1\nkind: Module\nname: mine\nstart: python3 a.py --lr $lr\nparameters: {lr: {type: number, default: 0.9, maximum: 1}}\n',
    )
    const found = await look(
      write(
        'a.py',
        'import argparse\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float, default=0.1)\np.add_argument("--depth", type=int, default=3)\n',
      ),
    )
    expect(found.exists).toBe(true)
    expect(found.module).toMatchObject({
      name: 'mine',
      start: 'python3 a.py --lr $lr',
      parameters: { lr: { default: 0.9, maximum: 1 }, depth: { type: 'integer', default: 3 } },
    })
  })
})

describe('where the module file lies', () => {
  test('module.yaml for the only source of a folder, NAME.module.yaml with its files where there are several', async () => {
    const train = write('train.py', 'import util\n')
    write('util.py', 'import pandas\n')
    expect(await look(train)).toMatchObject({ modulePath: join(folder, 'module.yaml'), module: { name: 'train' } })
    write('evaluate.py', 'print(1)\n')
    const several = await look(train)
    expect(several.modulePath).toBe(join(folder, 'train.module.yaml'))
    expect(several.module.files).toEqual(['train.py', 'util.py', 'train.requirements.txt'])
    expect(several.files.map((file) => file.path)).toEqual(['train.py', 'util.py'])
  })
})

describe('folders', () => {
  test('the Dockerfile names the entry and its presets, else a usual name or the only notebook', async () => {
    write('a.py', 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--epochs", type=int, default=1)\n')
    write('b.py', 'print(1)\n')
    write('Dockerfile', 'FROM python:3.11\nENTRYPOINT ["python", "a.py"]\nCMD ["--epochs", "9"]\n')
    expect(await look(folder)).toMatchObject({
      kind: 'folder',
      modulePath: join(folder, 'module.yaml'),
      module: { start: 'python3 a.py --epochs $epochs', parameters: { epochs: { default: 9 } } },
    })
    rmSync(join(folder, 'Dockerfile'))
    write('main.py', 'print(2)\n')
    const main = await look(folder)
    expect(main.module.start).toBe('python3 main.py')
    expect(main.evidence.start?.reason).toContain('main.py')
  })

  test('a folder in which nothing stands out says so', async () => {
    write('notes.txt', 'x')
    expect((await look(folder)).problems).toMatchObject([{ severity: 'error', code: 'bad-start-command' }])
  })
})

describe('bad input', () => {
  const refused = (path: string) =>
    look(path).then(
      () => undefined,
      (error: { body: unknown }) => error.body,
    )

  test('a notebook that is not JSON, not UTF-8, no notebook, or of another language says where and why', async () => {
    expect(await refused(write('a.ipynb', '{"cells": [}'))).toMatchObject({
      code: 'bad-notebook',
      where: { line: 1, column: 12 },
    })
    expect(await refused(write('b.ipynb', '[]'))).toMatchObject({ code: 'bad-notebook' })
    writeFileSync(join(folder, 'c.ipynb'), Buffer.from([0x7b, 0x0a, 0xff, 0xfe]))
    expect(await refused(join(folder, 'c.ipynb'))).toMatchObject({ code: 'bad-notebook', where: { line: 2 } })
    writeFileSync(join(folder, 'd.py'), Buffer.from('x = "\xe9"\n', 'latin1'))
    expect(await refused(join(folder, 'd.py'))).toMatchObject({ code: 'bad-module' })
  })

  test('a notebook of 200 MB is refused before it is read, telling to clear the outputs', async () => {
    const path = write('big.ipynb', '')
    truncateSync(path, 200 * 1_048_576)
    expect(await refused(path)).toMatchObject({
      code: 'bad-notebook',
      message: expect.stringMatching(/200 MB.*outputs/),
    })
  })

  test('a missing file and a file that is no source are named', async () => {
    expect(await refused(join(folder, 'none.py'))).toMatchObject({ code: 'no-such-file' })
    expect(await refused(write('a.csv', 'x'))).toMatchObject({ code: 'bad-request' })
  })

  test('the inspected code is never run, whatever it says', async () => {
    const trap = `open(${JSON.stringify(join(folder, 'trap'))}, "w").write("run")`
    await look(write('a.ipynb', notebook(`x: int = ${trap}`, trap, `!touch ${join(folder, 'trap')}`)))
    await look(
      write(
        'b.py',
        `import argparse\n${trap}\np = argparse.ArgumentParser()\np.add_argument("--x", default=eval(${JSON.stringify(trap)}))\n`,
      ),
    )
    expect(() => readFileSync(join(folder, 'trap'))).toThrow(/ENOENT/)
  })

  test('nesting that breaks the parser is a problem, not a crash', async () => {
    const found = await look(write('deep.py', `x = ${'('.repeat(5000)}1${')'.repeat(5000)}\n`))
    expect(found.problems).toMatchObject([{ severity: 'error', code: 'bad-module' }])
  })
})

test('a preset of any text stays one word of the start command', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
      fc.stringMatching(/^[\w $'"();&|-]{1,20}\.(py|sh|ipynb)$/),
      (value, entry) => {
        const start = startOf(findings(entry), 'notebook')
        const { words, problems } = parseStart(start)
        expect(problems).toEqual([])
        const argv = renderArgv(words, { site: value, notebook: 'out.ipynb' })
        expect(argv).toContain(entry)
        expect(argv.at(-1)).toBe(value)
      },
    ),
  )
})

test('the built-in csv-split splits by its own start command', async () => {
  const { module, directory } = readModule(join(assetPath('modules'), 'csv-split'))
  const rows = Array.from({ length: 100 }, (_, index) => `"a,${index}",${index % 4 === 0 ? 'attack' : 'fine'}`)
  write('data.csv', `payload,label\n${rows.join('\n')}\n`)
  const at = (name: string): string => join(folder, name)
  const values = {
    share: 0.2,
    seed: 7,
    stratify: 'label',
    data: at('data.csv'),
    train: at('train.csv'),
    test: at('test.csv'),
  }
  const [, script = '', ...rest] = renderArgv(parseStart(module.start).words, values)
  const { stdout, status, stderr } = spawnSync((await finder.find()).path, [join(directory, script), ...rest], {
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  expect(stdout).toBe('80 rows to learn from, 20 to test with\n')
  expect(readFileSync(at('test.csv'), 'utf8').match(/attack/g)).toHaveLength(5)
})

const findings = (entry: string): Findings => ({
  kind: 'python',
  entry,
  parameters: [
    {
      name: 'site',
      parameter: { type: 'string' },
      via: entry.endsWith('.ipynb') ? 'papermill' : 'argparse',
      reason: '',
      positional: 1,
    },
  ],
  inputs: [],
  outputs: [],
  imports: [],
  local: [],
  known: null,
  command: null,
  problems: [],
})
