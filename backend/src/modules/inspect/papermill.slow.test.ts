import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ParameterValue } from '@secxops/protocol/module'
import { parseStart, renderArgv } from '@secxops/protocol/start-command'
import { withDefaults } from '@secxops/protocol/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEnvironmentService, type Environments } from '../../environments/service.ts'
import type { PreparedEnvironment } from '../../services.ts'
import { inspect } from './inspect.ts'

const folder = mkdtempSync(join(tmpdir(), 'secxops-papermill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const CELLS: [tags: string[], source: string][] = [
  [[], 'import json\nimport sys'],
  [
    ['parameters'],
    [
      'site: str = "yes: it\'s $5 #1"  # free text',
      'lr: float = 1e-3',
      'flag: bool = False',
      'features: list = ["a", "b"]',
      'limit: "Optional[int]" = None',
      'note: str | None = None',
      'extra = None',
    ].join('\n'),
  ],
  [[], 'print("seen by the log", lr)'],
  [[], 'json.dump([site, lr, flag, features, limit, note, extra, sys.prefix], open("result.json", "w"))'],
]

let environments: Environments
let prepared: PreparedEnvironment | undefined
let unreachable = ''

beforeAll(async () => {
  const root = join(folder, 'home')
  mkdirSync(join(root, 'environments'), { recursive: true })
  environments = createEnvironmentService({
    home: { root, environments: join(root, 'environments') },
    settings: () => ({ python: '' }),
  })
  try {
    prepared = await environments.prepare({}, folder, true, {
      signal: AbortSignal.timeout(240_000),
      progress: () => {},
    })
  } catch (error) {
    if (!(error instanceof SecxopsError) || error.body.code !== 'no-network') throw error
    unreachable = error.message
  }
}, 300_000)

test('an inspected notebook runs by its own start command with the values it was given', async (context) => {
  if (!prepared) return context.skip(`no environment for notebooks can be built here: ${unreachable}`)
  const source = join(folder, 'nb', 'count.ipynb')
  mkdirSync(join(folder, 'nb'))
  writeFileSync(source, notebook(CELLS))
  const found = await inspect(
    { path: source },
    {
      baseImage: 'x',
      python: () => environments.findPython(),
      identify: environments.identify,
      signal: new AbortController().signal,
    },
  )
  expect(found.problems.filter((problem) => problem.severity === 'error')).toEqual([])
  const work = join(folder, 'work')

  const preset = await run(work, found.module, {})
  expect(preset.code, preset.log).toBe(0)
  expect(preset.log).toContain('seen by the log')
  expect(JSON.parse(readFileSync(join(work, 'result.json'), 'utf8'))).toEqual([
    "yes: it's $5 #1",
    0.001,
    false,
    ['a', 'b'],
    null,
    null,
    null,
    prepared.variables.VIRTUAL_ENV,
  ])
  expect(existsSync(join(work, 'count.executed.ipynb'))).toBe(true)

  const site = '- [x]: "q" \'s\' $lr\n"""#'
  const given = await run(work, found.module, {
    site,
    lr: 2,
    flag: true,
    features: [{ a: null }],
    limit: 7,
    note: 'yes: "no" \\d',
    extra: [1],
  })
  expect(given.code, given.log).toBe(0)
  expect(JSON.parse(readFileSync(join(work, 'result.json'), 'utf8'))).toEqual([
    site,
    2,
    true,
    [{ a: null }],
    7,
    'yes: "no" \\d',
    [1],
    prepared.variables.VIRTUAL_ENV,
  ])

  async function run(cwd: string, module: typeof found.module, values: Record<string, ParameterValue>) {
    rmSync(cwd, { recursive: true, force: true })
    mkdirSync(cwd)
    writeFileSync(join(cwd, 'count.ipynb'), readFileSync(source))
    const outputs = Object.entries(module.outputs ?? {}).map(([name, port]) => [name, join(cwd, port.path)])
    const argv = renderArgv(parseStart(module.start).words, {
      ...withDefaults(module.parameters, values),
      ...Object.fromEntries(outputs),
    })
    return exec(argv, cwd, prepared as PreparedEnvironment)
  }
}, 120_000)

function exec(
  argv: string[],
  cwd: string,
  environment: PreparedEnvironment,
): Promise<{ code: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    const [program = '', ...rest] = argv
    const env = { ...process.env, ...environment.variables, PATH: [...environment.bin, process.env.PATH].join(':') }
    const child = spawn(join(environment.bin[0] ?? '', program), rest, { cwd, env })
    let log = ''
    child.stdout.on('data', (data) => (log += data))
    child.stderr.on('data', (data) => (log += data))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, log }))
  })
}

function notebook(cells: typeof CELLS): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: cells.map(([tags, source], index) => ({
      cell_type: 'code',
      id: `c${index}`,
      metadata: { tags },
      execution_count: null,
      outputs: [],
      source,
    })),
  })
}
