import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { ModuleFile, ParameterValue } from '@secxops/protocol/module'
import { parseStart, renderArgv } from '@secxops/protocol/start-command'
import { withDefaults } from '@secxops/protocol/value'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEnvironmentService, type Environments } from '../../environments/service.ts'
import { unreachable } from '../../environments/testing/unreachable.ts'
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
let noRegistry = ''

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
    noRegistry = await unreachable(error)
  }
}, 300_000)

test('an inspected notebook runs by its own start command with the values it was given', async (context) => {
  if (!prepared) return context.skip(`no environment for notebooks can be built here: ${noRegistry}`)
  const source = join(folder, 'nb', 'count.ipynb')
  mkdirSync(join(folder, 'nb'))
  writeFileSync(source, notebook(CELLS))
  const found = await look(source)
  expect(found.problems.filter((problem) => problem.severity === 'error')).toEqual([])
  const work = join(folder, 'work')

  const preset = await run(source, work, found.module, {})
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
  const given = await run(source, work, found.module, {
    site,
    lr: 2,
    flag: true,
    features: [{ a: null }],
    limit: 7,
    note: 'it\'s yes: "no"\n\\d',
    extra: [1],
  })
  expect(given.code, given.log).toBe(0)
  expect(JSON.parse(readFileSync(join(work, 'result.json'), 'utf8'))).toEqual([
    site,
    2,
    true,
    [{ a: null }],
    7,
    'it\'s yes: "no"\n\\d',
    [1],
    prepared.variables.VIRTUAL_ENV,
  ])
}, 120_000)

test('any text, list and object arrives in the notebook as it was given', async (context) => {
  if (!prepared) return context.skip(`no environment for notebooks can be built here: ${noRegistry}`)
  const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((one) => !one.includes('\0'))
  const texts = ["it's", "a: 'b'", 'x\ny\r\nz', '', 'yes', 'null', '1e5', '--flag', '-', '"""', '\\', '\u0085 \u2028']
  texts.push(...fc.sample(text, 60))
  const values = [
    [1e-7, 'yes', "it's: #"],
    { 'a\nb': [null, true] },
    ...fc.sample(fc.array(fc.jsonValue({ stringUnit: text })), 30),
  ]
  const given: Record<string, ParameterValue> = {}
  const preset: string[] = []
  for (const [i, one] of texts.entries()) {
    given[`t${i}`] = one
    preset.push(i % 2 ? `t${i}: str = "x"` : `t${i}: str | None = None`)
  }
  for (const [i, one] of values.entries()) {
    given[`j${i}`] = JSON.parse(JSON.stringify(one)) as ParameterValue
    preset.push(`j${i}: dict = {}`)
  }
  const source = join(folder, 'any', 'any.ipynb')
  mkdirSync(join(folder, 'any'))
  const names = JSON.stringify(Object.keys(given))
  writeFileSync(
    source,
    notebook([
      [['parameters'], preset.join('\n')],
      [[], `import json\njson.dump({n: globals()[n] for n in ${names}}, open("result.json", "w"))`],
    ]),
  )
  const found = await look(source)
  const work = join(folder, 'any-work')
  const ended = await run(source, work, found.module, given)
  expect(ended.code, ended.log).toBe(0)
  expect(JSON.parse(readFileSync(join(work, 'result.json'), 'utf8'))).toEqual(given)
}, 120_000)

const look = (path: string) =>
  inspect(
    { path },
    {
      baseImage: 'x',
      python: () => environments.findPython(),
      identify: environments.identify,
      signal: new AbortController().signal,
    },
  )

async function run(source: string, cwd: string, module: ModuleFile, values: Record<string, ParameterValue>) {
  rmSync(cwd, { recursive: true, force: true })
  mkdirSync(cwd)
  writeFileSync(join(cwd, basename(source)), readFileSync(source))
  const outputs = Object.entries(module.outputs ?? {}).map(([name, port]) => [name, join(cwd, port.path)])
  const argv = renderArgv(parseStart(module.start).words, {
    ...withDefaults(module.parameters, values),
    ...Object.fromEntries(outputs),
  })
  return exec(argv, cwd, prepared as PreparedEnvironment)
}

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

test('a kernel that is interrupted while it is ended tells no error; its own errors are told', (context) => {
  if (!prepared) return context.skip(`no environment for notebooks can be built here: ${noRegistry}`)
  const kernel = [
    'from ipykernel.kernelapp import IPKernelApp',
    'app = IPKernelApp.instance()',
    'app.initialize([])',
    'app.kernel.log.error("KeyboardInterrupt caught in kernel.")',
    'app.kernel.log.error("the kernel lost its socket")',
  ]
  const env = { ...process.env, ...prepared.variables, JUPYTER_RUNTIME_DIR: join(folder, 'runtime') }
  const { stderr, status } = spawnSync(String(prepared.python), ['-c', kernel.join('\n')], { env, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  expect(stderr).toContain('the kernel lost its socket')
  expect(stderr).not.toContain('KeyboardInterrupt')
})
