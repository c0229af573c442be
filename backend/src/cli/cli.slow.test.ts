import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Run } from '@secxops/protocol/run'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBackend } from '../../build.ts'
import { lives } from '../daemon/lives.ts'

const root = mkdtempSync(join(tmpdir(), 'secxops-cli-'))
const project = join(root, 'project')
const env = { ...process.env, SECXOPS_HOME: join(root, 'home'), SECXOPS_IDLE_SECONDS: '60' }
/** Milliseconds a hook may take; it starts processes on a machine that may be busy. */
const SLOW = 60_000
let cli: string

beforeAll(async () => {
  cli = await buildBackend(join(root, 'dist'))
  write('first/module.yaml', [
    'apiVersion: secxops/v1',
    'kind: Module',
    'name: first',
    `start: sh -c 'echo "started with $SECXOPS_PARAM_n"; echo x > out.csv'`,
    'parameters: {n: {type: integer, default: 3, minimum: 0}}',
    'outputs: {out: {type: dataset, path: out.csv}}',
  ])
  write('second/module.yaml', [
    'apiVersion: secxops/v1',
    'kind: Module',
    'name: second',
    `start: sh -c 'cat "$SECXOPS_INPUT_data"; exit $SECXOPS_PARAM_code'`,
    'parameters: {code: {type: integer, default: 3}}',
    'inputs: {data: {type: dataset}}',
  ])
  write('slow/module.yaml', [
    'apiVersion: secxops/v1',
    'kind: Module',
    'name: slow',
    `start: sh -c 'echo $$ > ${join(root, 'slow.pid')}; exec sleep 600'`,
  ])
  write('w.workflow.yaml', [
    'apiVersion: secxops/v1',
    'kind: Workflow',
    'nodes:',
    '  first: {module: ./first}',
    '  second: {module: ./second, inputs: {data: first.out}}',
  ])
  write('needs.workflow.yaml', [
    'apiVersion: secxops/v1',
    'kind: Workflow',
    'parameters: {lr: {type: number}}',
    'inputs: {raw: {type: dataset}}',
    'nodes:',
    '  first: {module: ./first}',
    '  second: {module: ./second, inputs: {data: {input: raw}}}',
  ])
  write('slow.workflow.yaml', ['apiVersion: secxops/v1', 'kind: Workflow', 'nodes:', '  slow: {module: ./slow}'])
}, SLOW)
afterAll(async () => {
  await secxops('serve', '--stop', '--cancel-runs')
  rmSync(root, { recursive: true, force: true })
}, SLOW)

function write(path: string, lines: string[]): void {
  const file = join(project, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${lines.join('\n')}\n`)
}

interface Result {
  code: number | null
  stdout: string
  stderr: string
}

function start(...args: string[]): { child: ChildProcess; result: Promise<Result> } {
  const child = spawn(process.execPath, [cli, ...args], { env, cwd: project })
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  const result = Promise.all([code, text(child.stdout), text(child.stderr)])
  return { child, result: result.then(([code, stdout, stderr]) => ({ code, stdout, stderr })) }
}
const secxops = (...args: string[]): Promise<Result> => start(...args).result
/** A command with `--json`; what stands on stdout must be one document. */
async function json<T>(...args: string[]): Promise<{ code: number | null; answer: T }> {
  const { code, stdout } = await secxops(...args, '--json')
  return { code, answer: JSON.parse(stdout) as T }
}
async function until<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a failed run exits with 1 and says why; continued with another value it ends well', async () => {
  const failed = await json<Run>('run', 'w.workflow.yaml')
  expect(failed.code).toBe(1)
  const { id, nodes } = failed.answer
  expect(nodes.map(({ state }) => state)).toEqual(['succeeded', 'failed'])
  expect(nodes[1]?.attempts[0]).toMatchObject({ exitCode: 3 })

  const people = await secxops('runs', 'show', id)
  expect(people.stdout).toMatch(/second +failed +1 +3/)
  expect((await secxops('runs', 'log', id, 'first')).stdout).toBe('started with 3\n')
  expect((await json<{ text: string }>('runs', 'log', id, 'second')).answer.text).toBe('x\n')

  const continued = await json<Run>('runs', 'continue', id, '--set', 'second.code=0')
  expect(continued.code).toBe(0)
  expect(continued.answer.nodes.map(({ attempts }) => attempts.length)).toEqual([1, 2])
  expect((await secxops('dataset', 'list')).stdout).toContain('w-first-out@1')
})

test('a run in the background can be followed and cancelled until nothing of it is left', async () => {
  const { answer } = await json<Run>('run', 'slow.workflow.yaml', '--detach')
  const pid = await until(() =>
    existsSync(join(root, 'slow.pid')) ? Number(readFileSync(join(root, 'slow.pid'), 'utf8')) || undefined : undefined,
  )
  const refused = await secxops('serve', '--stop')
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('--cancel-runs')
  expect(lives(pid)).toBe(true)
  const cancelled = await json<Run>('runs', 'cancel', answer.id)
  expect(cancelled.answer.state).toBe('cancelled')
  expect(lives(pid)).toBe(false)
})

test('the first Ctrl-C cancels, and a killed daemon does not stop the one who waits', async () => {
  rmSync(join(root, 'slow.pid'))
  const { child, result } = start('run', 'slow.workflow.yaml')
  const pid = await until(() =>
    existsSync(join(root, 'slow.pid')) ? Number(readFileSync(join(root, 'slow.pid'), 'utf8')) || undefined : undefined,
  )
  const daemon = (await json<{ pid: number }>('serve', '--ensure')).answer.pid
  process.kill(daemon, 'SIGKILL')
  await until(() => (lives(daemon) ? undefined : true))
  expect(lives(pid)).toBe(true)
  expect((await json<{ activeRuns: number }>('serve', '--ensure')).answer.activeRuns).toBe(1)
  child.kill('SIGINT')
  const { code, stdout } = await result
  expect(code).toBe(1)
  expect(stdout).toMatch(/slow +cancelled/)
  expect(lives(pid)).toBe(false)
})

test.each([
  ['a value of another type', ['run', 'w.workflow.yaml', '--set', 'first.n=many'], /first|n=many/, 'bad-parameter'],
  ['a value out of range', ['run', 'w.workflow.yaml', '--set', 'first.n=-1'], /-1|least|minimum/, undefined],
  [
    'an unknown parameter',
    ['run', 'w.workflow.yaml', '--set', 'second.cod=1'],
    /Did you mean "code"/,
    'unknown-parameter',
  ],
  ['an unknown node', ['run', 'w.workflow.yaml', '--set', 'frist.n=1'], /Did you mean "first"/, 'unknown-node'],
  ['no such workflow', ['run', 'absent.workflow.yaml'], /absent\.workflow\.yaml/, 'no-such-file'],
  ['no such run', ['runs', 'show', 'r-none'], /r-none/, 'not-found'],
  ['no such dataset', ['dataset', 'show', 'nothing'], /nothing/, 'unknown-artifact'],
  ['a name with ../', ['dataset', 'add', 'w.workflow.yaml', '--name', '../x'], /name/, 'bad-request'],
  ['a number that is none', ['runs', '--limit', 'abc'], /whole number/, 'bad-request'],
  ['a version that is none', ['dataset', 'show', 'mine@x'], /whole number/, 'bad-request'],
  ['a parameter that is missing', ['run', 'needs.workflow.yaml'], /-p lr=VALUE/, 'missing-parameter'],
  ['an input that is missing', ['run', 'needs.workflow.yaml', '-p', 'lr=1'], /--input raw=/, 'missing-input'],
  ['a pair without a value', ['run', 'w.workflow.yaml', '-p', 'lr'], /KEY=VALUE/, 'bad-request'],
])('bad input, %s: one JSON error on stdout, words on stderr, exit code 1', async (_, args, words, code) => {
  const { code: exit, stdout, stderr } = await secxops(...args, '--json')
  expect(exit).toBe(1)
  const { error } = JSON.parse(stdout) as { error: { code: string } }
  if (code) expect(error.code).toBe(code)
  expect(stderr).toMatch(words)
  expect(stderr).not.toMatch(/\n {4}at /)
})

test('wrong usage exits with 1 and is one JSON document, too', async () => {
  const { code, answer } = await json<{ error: { message: string } }>('dataset', 'add', 'x')
  expect(code).toBe(1)
  expect(answer.error.message).toContain('--name')
  expect((await secxops('runz')).stderr).toMatch(/Did you mean .*runs/)
  expect((await secxops('runs', 'show')).stderr).toContain('(secxops runs show --help shows what is possible)')
  const name = await secxops('dataset', 'add', 'x', '--name', '../evil')
  expect(name).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: --name \.\.\/evil: use [^\n]*\n$/) })
  expect((await secxops('--version')).code).toBe(0)
})

test('a broken workflow file is told with line and column', async () => {
  write('broken.workflow.yaml', [
    'apiVersion: secxops/v1',
    'kind: Workflow',
    'nodes:',
    '  a: {module: ./first',
    '  b: 1',
  ])
  const { code, stderr } = await secxops('run', 'broken.workflow.yaml')
  expect(code).toBe(1)
  expect(stderr).toMatch(/broken\.workflow\.yaml:\d+:\d+/)
})

test('datasets go in and come out by the command line, relative to where one stands', async () => {
  write('data.csv', ['a,b', '1,2'])
  const added = await json<{ version: number; digest: string }>('dataset', 'add', 'data.csv', '--name', 'mine')
  expect(added).toMatchObject({ code: 0, answer: { version: 1 } })
  const again = await secxops('dataset', 'add', 'data.csv', '--name', 'mine')
  expect(again.stdout).toContain('was there already: mine@1 (1 file, 8 B)')
  const shown = await json<{ path: string; lineage: { from: string } }>('dataset', 'show', 'mine@1')
  expect(shown.answer.lineage.from).toBe(join(project, 'data.csv'))
  expect((await secxops('dataset', 'get', 'mine', 'out')).stdout).toBe(`${join(project, 'out', 'data.csv')}\n`)
  write('out/notes.txt', ['keep'])
  rmSync(join(project, 'out', 'data.csv'))
  const refused = await secxops('dataset', 'get', 'mine', 'out')
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/has files in it already \(notes\.txt\).*(\n.*)*--force/),
  })
  expect(readdirSync(join(project, 'out'))).toEqual(['notes.txt'])
  write('out/data.csv', ['old'])
  expect((await secxops('dataset', 'get', 'mine', 'out', '--force')).code).toBe(0)
  expect(readFileSync(join(project, 'out', 'data.csv'), 'utf8')).toBe('a,b\n1,2\n')
  expect(readFileSync(join(project, 'out', 'notes.txt'), 'utf8')).toBe('keep\n')
  expect((await secxops('dataset', 'remove', 'mine@1', '--confirm', 'mine@1')).code).toBe(0)
  expect((await secxops('dataset', 'show', 'mine')).code).toBe(1)
  expect((await secxops('dataset', 'restore', 'mine@1')).code).toBe(0)
})

test('an example is copied once', async () => {
  const { answer } = await json<{ path: string; files: string[] }>('example', 'tour')
  expect(answer.path).toBe(join(project, 'tour'))
  expect(readdirSync(answer.path).sort()).toEqual(answer.files)
  expect((await secxops('example', 'tour')).code).toBe(1)
})

test('clean shows first, asks for --yes where nobody can answer, and takes only what is old', async () => {
  type Report = { freed: number; parts: { what: string; count: number }[] }
  const count = ({ parts }: Report) => parts.find(({ what }) => what === 'runs')?.count ?? 0
  const [run] = (await json<Run[]>('runs')).answer
  expect(count((await json<Report>('clean')).answer)).toBe(0)
  const shown = await secxops('clean', '--older-than', '0s', '--dry-run')
  expect(shown).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/files of old runs.*\n(.*\n)*.*would be freed/),
  })
  const refused = await secxops('clean', '--older-than', '0s')
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') })
  const { answer } = await json<Report>('clean', '--older-than', '0s', '--yes')
  expect(count(answer)).toBeGreaterThan(0)
  expect(answer.freed).toBeGreaterThan(0)
  expect((await secxops('runs', 'show', run?.id ?? '')).code).toBe(0)
  expect((await secxops('dataset', 'get', 'w-first-out', 'kept')).code).toBe(0)
  expect((await secxops('clean', '--older-than', 'soon', '--yes')).code).toBe(1)
})

test('doctor answers in one document', async () => {
  const { code, answer } = await json<{ ok: boolean; checks: { name: string; ok: boolean }[] }>('doctor')
  expect(code).toBe(answer.ok ? 0 : 1)
  expect(answer.checks.filter(({ name }) => name === 'Node' || name === 'SQLite')).toMatchObject([
    { ok: true },
    { ok: true },
  ])
})
