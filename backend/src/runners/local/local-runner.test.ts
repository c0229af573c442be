import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { describeRunner } from '../contract/runner-contract.ts'
import type { Command, Launch } from '../runner.ts'
import { takeClaim } from './claim.ts'
import { createLocalRunner } from './local-runner.ts'
import { carriersOf } from './processes.ts'

const runner = createLocalRunner()
afterEach(() => vi.restoreAllMocks())
let count = 0
const newLaunch = (): Launch => ({
  attemptId: `test-${process.pid}-${count++}`,
  directory: mkdtempSync(join(tmpdir(), 'secxops-runner-')),
  launch: 1,
})
const command = (script: string, more: Partial<Command> = {}): Command => ({
  argv: ['/bin/sh', '-c', script],
  cwd: tmpdir(),
  env: { PATH: process.env.PATH ?? '' },
  ...more,
})
const logOf = (launch: Launch) => readFileSync(join(launch.directory, 'log'), 'utf8')
/** Parent of the shim, from field 4 of its state. */
const helperOf = (launch: Launch): number => {
  const shim = readFileSync(join(launch.directory, `claim.${launch.launch}`), 'utf8').split(' ')[0]
  return Number(readFileSync(`/proc/${shim}/stat`, 'latin1').split(') ')[1]?.split(' ')[1])
}
const lives = (launch: Launch) => carriersOf(`SECXOPS_ATTEMPT_ID=${launch.attemptId}`).size

describeRunner('on this machine', () => ({
  image: '',
  runner: createLocalRunner,
  async openGate({ directory }) {
    writeFileSync(join(directory, 'gate'), '')
  },
  lives: async (launch) => lives(launch),
}))

test('a command that ended leaves its exit code in a file', async () => {
  const launch = newLaunch()
  await (await runner.start(launch, command('exit 3'))).ended
  expect(readFileSync(join(launch.directory, 'exit.1'), 'utf8')).toBe('3\n')
})

test('a shim that comes after the claim was refused starts nothing', async () => {
  const launch = newLaunch()
  expect(await runner.adopt(launch)).toBe('never-started')
  const late = await runner.start(launch, command('echo late'))
  await late.ended
  expect(logOf(launch)).toBe('')
  expect(takeClaim(launch)).toBe(false)
})

test('a shim that was killed is lost, and its command does not run on', async () => {
  const launch = newLaunch()
  await runner.start(launch, command('echo up; while :; do sleep 0.05; done'))
  await vi.waitFor(() => expect(logOf(launch)).toBe('up\n'))
  const adopted = await createLocalRunner().adopt(launch)
  if (adopted === 'never-started') throw new Error('not adopted')
  process.kill(Number(readFileSync(join(launch.directory, 'claim.1'), 'utf8').split(' ')[0]), 'SIGKILL')
  expect(await adopted.ended).toEqual({ how: 'lost' })
  expect(lives(launch)).toBe(0)
})

test('when the process that starts commands is killed, a running command goes on and its exit code is learnt', async () => {
  const launch = newLaunch()
  const gate = join(launch.directory, 'gate')
  const execution = await runner.start(launch, command(`echo up; while [ ! -e ${gate} ]; do sleep 0.02; done; exit 7`))
  await vi.waitFor(() => expect(logOf(launch)).toBe('up\n'))
  const helper = helperOf(launch)
  process.kill(helper, 'SIGKILL')
  await vi.waitFor(() => expect(() => process.kill(helper, 0)).toThrow('ESRCH'))
  await runner.start(newLaunch(), command(`: > ${gate}`))
  expect(await execution.ended).toEqual({ how: 'exited', code: 7 })
})

test('a command that takes more memory than allowed is ended and says so', async () => {
  const launch = newLaunch()
  const execution = await runner.start(launch, {
    ...command('', { memory: 80 * 1_048_576 }),
    argv: [process.execPath, '-e', 'const a=[];setInterval(()=>a.push(Buffer.alloc(20e6,1)),10)'],
  })
  await execution.ended
  expect(execution.overMemory()).toBe(true)
  expect(execution.peakMemory()).toBeGreaterThan(80 * 1_048_576)
})

test('a folder that cannot be entered rejects', async () => {
  await expect(runner.start(newLaunch(), command(':', { cwd: '/no/such/folder' }))).rejects.toThrow(/ENOENT/)
})
