import { execFile, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildBackend } from '../../build.ts'
import { lives } from './lives.ts'

/** Milliseconds a hook may take; it starts processes on a machine that may be busy. */
const SLOW = 60_000
let cli: string
let home: string
let env: NodeJS.ProcessEnv

const dist = mkdtempSync(join(tmpdir(), 'secxops-bundle-'))
beforeAll(() => buildBackend(dist), SLOW)
afterAll(() => rmSync(dist, { recursive: true }))

beforeEach(() => {
  cli = join(dist, 'secxops.mjs')
  home = mkdtempSync(join(tmpdir(), 'secxops-daemon-'))
  env = { ...process.env, SECXOPS_HOME: home, SECXOPS_IDLE_SECONDS: '60' }
})
afterEach(async () => {
  await secxops('serve', '--stop', '--cancel-runs')
  rmSync(home, { recursive: true, force: true })
}, SLOW)

interface Result {
  code: number
  stdout: string
  stderr: string
}

function secxops(...args: string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}
async function ensure(): Promise<{ pid: number; socket: string; epoch: number; version: string; started: boolean }> {
  const result = await secxops('serve', '--ensure', '--json')
  expect(result.stderr).toBe('')
  return JSON.parse(result.stdout)
}
async function until(fits: () => boolean): Promise<void> {
  while (!fits()) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('ten at once get one daemon', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, ensure))
  expect(new Set(all.map(({ pid }) => pid)).size).toBe(1)
  expect(all[0]?.epoch).toBe(1)
  expect((await ensure()).started).toBe(false)
})

test('--stop stops it, its socket goes, and stopping again says there was none', async () => {
  const { pid, socket } = await ensure()
  expect(statSync(join(socket, '..')).mode & 0o077).toBe(0)
  expect(await secxops('serve', '--stop')).toMatchObject({ code: 0, stdout: 'stopped\n' })
  expect(lives(pid)).toBe(false)
  expect(existsSync(socket)).toBe(false)
  expect((await secxops('serve', '--stop')).stdout).toBe('was not running\n')
})

test('after kill -9 the next one takes over at once, with a higher epoch and over the stale socket', async () => {
  const first = await ensure()
  process.kill(first.pid, 'SIGKILL')
  await until(() => !lives(first.pid))
  expect(existsSync(first.socket)).toBe(true)
  const second = await ensure()
  expect(second.pid).not.toBe(first.pid)
  expect(second.epoch).toBe(first.epoch + 1)
})

test('a second owner cannot start, and the first goes on', async () => {
  const { pid } = await ensure()
  const second = await secxops('serve')
  expect(second.code).toBe(1)
  expect(second.stderr).toContain('already serves')
  expect((await ensure()).pid).toBe(pid)
})

test('SIGTERM makes it leave in order', async () => {
  const { pid, socket } = await ensure()
  process.kill(pid, 'SIGTERM')
  await until(() => !lives(pid))
  expect(existsSync(socket)).toBe(false)
  expect(readFileSync(join(home, 'logs', 'daemon.log'), 'utf8')).toContain(`daemon ${pid} leaves`)
})

test('it leaves when nobody has asked for a while', async () => {
  env.SECXOPS_IDLE_SECONDS = '0.3'
  const { pid } = await ensure()
  await until(() => !lives(pid))
})

test('an open page keeps it', async () => {
  // Long enough for the page to be opened on a busy machine.
  env.SECXOPS_IDLE_SECONDS = '3'
  const { pid, socket } = await ensure()
  const stream = request({ socketPath: socket, path: '/api/events' })
  await new Promise<void>((resolve, reject) =>
    stream
      .on('response', (response) => response.once('data', () => resolve()))
      .on('error', reject)
      .end(),
  )
  // Past the time at which it would have left, and one more look at the clock.
  await new Promise((resolve) => setTimeout(resolve, 4000))
  expect(lives(pid)).toBe(true)
  stream.destroy()
  await until(() => !lives(pid))
})

test('a daemon of another build is replaced', async () => {
  const first = await ensure()
  const { version } = first
  const other = join(home, 'other')
  cpSync(dist, other, { recursive: true })
  writeFileSync(
    join(other, 'backend.mjs'),
    readFileSync(join(other, 'backend.mjs'), 'utf8').replaceAll(version, '9.9.9+other'),
  )
  cli = join(other, 'secxops.mjs')
  const second = await ensure()
  expect(second).toMatchObject({ version: '9.9.9+other', epoch: first.epoch + 1 })
  await until(() => !lives(first.pid))
})

test('the bundle tells its version without being started', async () => {
  expect(readFileSync(join(dist, 'version'), 'utf8').trim()).toBe((await ensure()).version)
})

test('a home into which the record of another was copied gets a daemon of its own', async () => {
  const first = await ensure()
  const other = mkdtempSync(join(tmpdir(), 'secxops-daemon-'))
  cpSync(join(home, 'daemon.json'), join(other, 'daemon.json'))
  env.SECXOPS_HOME = other
  try {
    expect((await ensure()).pid).not.toBe(first.pid)
    await secxops('serve', '--stop')
  } finally {
    env.SECXOPS_HOME = home
    rmSync(other, { recursive: true, force: true })
  }
  expect(await ensure()).toMatchObject({ pid: first.pid, started: false })
})

test('a home that cannot be opened is one clear error, also for the one who asked', async () => {
  writeFileSync(join(home, 'secxops.db'), 'this is no database at all, and long enough to be read as one'.repeat(20))
  const result = await secxops('serve', '--ensure', '--json')
  expect(result.code).toBe(1)
  expect(JSON.parse(result.stdout).error.message).toMatch(/damaged/)
  expect(result.stderr).toMatch(/next: /)
})

test('in the foreground it tells its address, and over TCP it wants the token', async () => {
  const child = spawn(process.execPath, [cli, 'serve', '--listen', '127.0.0.1:0'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const line = await new Promise<string>((resolve) =>
    child.stderr.once('data', (part: Buffer) => resolve(part.toString())),
  )
  const url = /http:\S+/.exec(line)?.[0] ?? ''
  const token = readFileSync(join(home, 'token'), 'utf8')
  expect(token).toMatch(/^[0-9a-f]{64}$/)
  expect(statSync(join(home, 'token')).mode & 0o077).toBe(0)
  expect(line).not.toContain(token)
  expect((await fetch(`${url}/api/health`)).status).toBe(401)
  expect((await fetch(`${url}/api/health`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  expect((await fetch(`${url}/api/health?token=${token}`)).status).toBe(401)
  child.kill('SIGINT')
  await new Promise((resolve) => child.once('exit', resolve))
  expect((await secxops('serve', '--listen', '0.0.0.0:0')).stderr).toContain('loopback')
})

test('the daemon keeps no credential of the server that started it', async () => {
  env.JUPYTERHUB_API_TOKEN = 'hub-secret'
  env.JUPYTER_TOKEN = 'lab-secret'
  const { pid } = await ensure()
  if (process.platform === 'linux') expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('secret')
})
