import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Fault } from '../../cluster/testing/fake-api.ts'
import { type ContractPlace, describeRunner, logged, logOf, newLaunch } from '../contract/runner-contract.ts'
import { carriersOf } from '../local/processes.ts'
import type { Command, Launch } from '../runner.ts'
import { HOME_LABEL, launchKey } from './job.ts'
import { FakePlace, TEST_HOME } from './testing/fake-place.ts'

let place: FakePlace
beforeEach(async () => {
  place = await new FakePlace().open()
})
afterEach(() => place.close())

const open = (): ContractPlace => ({
  image: 'base',
  runner: () => place.runner(),
  openGate: async (launch) => writeFileSync(place.gateOf(launch), ''),
  lives: async (launch) => carriersOf(`SECXOPS_ATTEMPT_ID=${launch.attemptId}`).size,
})

const command = (launch: Launch, script: string, more: Partial<Command> = {}): Command => ({
  argv: ['sh', '-c', script],
  cwd: join(launch.directory, 'work'),
  env: {},
  elsewhere: { image: 'base', results: ['work/out'] },
  ...more,
})

describeRunner('on a cluster', open)

const start = (launch: Launch, script: string, more: Partial<Command> = {}) =>
  open()
    .runner()
    .start(launch, command(launch, script, more))
const over = { timeout: 20_000 }
const UP = 'echo up; until [ -e ../gate ]; do sleep 0.05; done; echo down; exit 4'

test('nothing of an ended command is left on the cluster', async () => {
  const launch = newLaunch()
  await (await start(launch, 'true')).ended
  await vi.waitFor(() => expect(place.left()).toEqual([]), over)
})

test('a create whose answer was lost is adopted: one Job, one command', async () => {
  const launch = newLaunch()
  const faults: Fault[] = ['lose-answer', { status: 503 }]
  place.api.fault = ({ method }) => (method === 'POST' ? faults.shift() : undefined)
  const execution = await start(launch, 'echo once')
  expect(await execution.ended).toEqual({ how: 'exited', code: 0 })
  expect(logOf(launch)).toBe('once\n')
  expect(place.podsOf(launch)).toHaveLength(1)
})

test('a Job of the same name that is not ours is left alone, and the command does not run', async () => {
  const launch = newLaunch()
  const name = `secxops-${launchKey(TEST_HOME, launch)}`
  place.api.put('jobs', { metadata: { name, labels: { [HOME_LABEL]: 'somebody' } } })
  const ended = await (await start(launch, 'echo wrong')).ended
  expect(ended).toMatchObject({ how: 'lost', why: { code: 'conflict' } })
  expect(place.api.list('jobs')).toHaveLength(1)
  expect(place.podsOf(launch)).toHaveLength(0)
})

test('a second Pod of the same Job gets no data and starts nothing', async () => {
  const launch = newLaunch()
  const execution = await start(launch, UP)
  await logged(launch, 'up\n')
  const [job] = place.api.list('jobs')
  place.kubelet.startPod(job as never)
  const [first, second] = place.podsOf(launch)
  await vi.waitFor(() => expect(second?.containers.size).toBe(2))
  writeFileSync(join(first?.folder ?? '', 'gate'), '')
  expect(await execution.ended).toEqual({ how: 'exited', code: 4 })
  expect(existsSync(join(second?.folder ?? '', 'go'))).toBe(false)
  expect(logOf(launch)).toBe('up\ndown\n')
})

test('when every connection is cut again and again, the log comes whole and the results arrive', async () => {
  const launch = newLaunch()
  const lines = Array.from({ length: 300 }, (_, i) => `line ${i}\n`).join('')
  const script =
    'i=0; while [ $i -lt 300 ]; do echo "line $i"; i=$((i+1)); [ $((i % 50)) != 0 ] || sleep 0.2; done; echo x > out'
  const execution = await start(launch, script)
  const cutting = setInterval(() => {
    place.kubelet.cutExecs()
    place.api.cutWatches()
  }, 150)
  await Promise.race([execution.ended, logged(launch, 'line 299\n')])
  clearInterval(cutting)
  expect(await execution.ended).toEqual({ how: 'exited', code: 0 })
  expect(logOf(launch)).toBe(lines)
  expect(readFileSync(join(launch.directory, 'work', 'out'), 'utf8')).toBe('x\n')
})

test('a server that is away for a while fails no command', async () => {
  const launch = newLaunch()
  const execution = await start(launch, UP)
  await logged(launch, 'up\n')
  let away = true
  place.api.fault = () => (away ? 'cut' : undefined)
  place.kubelet.refuseExec = true
  place.api.cutWatches()
  place.kubelet.cutExecs()
  await open().openGate(launch)
  await vi.waitFor(() => expect(place.podOf(launch).containers.get('module')?.exitCode).toBe(4), over)
  away = false
  place.kubelet.refuseExec = false
  expect(await execution.ended).toEqual({ how: 'exited', code: 4 })
  expect(logOf(launch)).toBe('up\ndown\n')
})

test('a container that ended for its memory has failed, also with exit code 0', async () => {
  place.kubelet.reasonOf = () => 'OOMKilled'
  const execution = await start(newLaunch(), 'exit 0')
  expect(await execution.ended).toEqual({ how: 'exited', code: 0 })
  expect(execution.overMemory()).toBe(true)
})

test('a Pod that somebody deletes is told as lost, and no other takes its place', async () => {
  const launch = newLaunch()
  const execution = await start(launch, UP)
  await logged(launch, 'up\n')
  place.kubelet.kill(place.podOf(launch).pod.metadata.name)
  expect(await execution.ended).toMatchObject({ how: 'lost', why: { code: 'command-failed' } })
  expect(place.podsOf(launch)).toHaveLength(1)
})

test('results that nothing can hand out any more are told as lost', async () => {
  const launch = newLaunch()
  const execution = await start(launch, UP)
  await logged(launch, 'up\n')
  place.podOf(launch).containers.get('files')?.kill('SIGKILL')
  await open().openGate(launch)
  expect(await execution.ended).toMatchObject({ how: 'lost', why: { code: 'command-failed' } })
  await vi.waitFor(() => expect(place.left()).toEqual([]), over)
})

test('a Pod that no node can take tells why, and can be stopped', async () => {
  place.kubelet.unschedulable = () => '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.'
  const launch = newLaunch()
  const waiting = vi.fn()
  const execution = await start(launch, 'true', { waiting })
  await vi.waitFor(() => expect(waiting).toHaveBeenCalledWith('no node fits: no free GPU on 3 nodes'), over)
  await execution.stop(1000)
  expect(await execution.ended).toEqual({ how: 'lost' })
  expect(place.left()).toEqual([])
})

test('a runner that comes after a crash between intent and Job makes the Job', async () => {
  const launch = newLaunch()
  place.api.fault = () => 'cut'
  const first = open().runner()
  await first.start(launch, command(launch, 'echo once'))
  first.close()
  place.api.fault = () => undefined
  const adopted = await open().runner().adopt(launch)
  if (adopted === 'never-started') throw new Error('not adopted')
  expect(await adopted.ended).toEqual({ how: 'exited', code: 0 })
  expect(logOf(launch)).toBe('once\n')
})

const there = (launch: Launch, name: string) => existsSync(join(launch.directory, name))
test.each<[string, (launch: Launch) => Promise<void>]>([
  ['the Job was made', async () => vi.waitFor(() => expect(place.api.list('jobs')).toHaveLength(1), over)],
  [
    'its Pod was chosen and had not got the data',
    async (launch) => {
      place.kubelet.refuseExec = true
      await vi.waitFor(() => expect(there(launch, 'pod.1')).toBe(true), over)
    },
  ],
  ['the command had begun', (launch) => logged(launch, 'up\n')],
  [
    'the command had ended and its results were not here',
    async (launch) => {
      await logged(launch, 'up\n')
      place.kubelet.refuseExec = true
      place.kubelet.cutExecs()
      writeFileSync(place.gateOf(launch), '')
      await vi.waitFor(() => expect(place.podOf(launch).containers.get('module')?.exitCode).toBe(4), over)
    },
  ],
])(
  'a backend that is killed when %s: the next one ends it in the same way, and nothing ran twice',
  async (_when, reach) => {
    const launch = newLaunch()
    const first = place.runner()
    await first.start(launch, command(launch, UP))
    await reach(launch)
    first.close()
    place.kubelet.refuseExec = false
    const adopted = await place.runner().adopt(launch)
    if (adopted === 'never-started') throw new Error('not adopted')
    await logged(launch, 'up\n')
    writeFileSync(place.gateOf(launch), '')
    expect(await adopted.ended).toEqual({ how: 'exited', code: 4 })
    expect(logOf(launch)).toBe('up\ndown\n')
    expect(place.podsOf(launch)).toHaveLength(1)
  },
)

test('a Job of this home that no launch knows is removed, those of others and of what goes on stay', async () => {
  const labels = { [HOME_LABEL]: TEST_HOME, 'secxops.dev/launch': 'forgotten' }
  place.api.put('jobs', { metadata: { name: 'stray', labels } })
  place.api.put('jobs', { metadata: { name: 'foreign', labels: { ...labels, [HOME_LABEL]: 'other' } } })
  const launch = newLaunch()
  const execution = await start(launch, UP)
  await logged(launch, 'up\n')
  place.recovered.resolve()
  await vi.waitFor(
    () => expect(place.api.list('jobs').map(({ metadata }) => metadata.name)).not.toContain('stray'),
    over,
  )
  expect(place.api.list('jobs')).toHaveLength(2)
  await open().openGate(launch)
  expect(await execution.ended).toEqual({ how: 'exited', code: 4 })
})

test('a Job carries nothing of the user but the image and the numbers, and gives its Pod no rights', async () => {
  const launch = newLaunch()
  const secret = 'the-secret-value'
  await (await start(launch, `echo ${secret}`, { env: { TOKEN: secret, SECXOPS_RUN: 'run-1' }, memory: 2 ** 30 })).ended
  const job = JSON.stringify(place.podOf(launch).pod)
  expect(job).not.toContain(secret)
  const { spec } = place.podOf(launch).pod
  expect(spec).toMatchObject({
    automountServiceAccountToken: false,
    restartPolicy: 'Never',
    volumes: [{ emptyDir: {} }],
  })
  expect(Object.keys(spec)).not.toContain('hostNetwork')
  for (const { securityContext } of spec.containers)
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      capabilities: { drop: ['ALL'] },
    })
})
