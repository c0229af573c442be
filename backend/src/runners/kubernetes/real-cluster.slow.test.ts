import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { V1Pod } from '@kubernetes/client-node'
import { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { Connection } from '../../cluster/connection.ts'
import { execIn } from '../../cluster/exec.ts'
import { createImageBuilder } from '../../cluster/image-builder.ts'
import { createImageEnvironments } from '../../cluster/image-environments.ts'
import { CLUSTER_MIGRATIONS } from '../../cluster/migrations.ts'
import { apiPath, hashName, kubeName } from '../../cluster/names.ts'
import { type KubeObject, Watch } from '../../cluster/watch.ts'
import { createEnvironmentService } from '../../environments/service.ts'
import { openHome } from '../../home.ts'
import { openStore } from '../../store/store.ts'
import { type ContractPlace, describeRunner, logged, logOf, newLaunch } from '../contract/runner-contract.ts'
import type { Command, Launch, Runner } from '../runner.ts'
import { HOME_LABEL, LAUNCH_LABEL, launchKey } from './job.ts'
import { removeStrays } from './jobs.ts'
import { createKubernetesRunner } from './kubernetes-runner.ts'
import type { Pod } from './pod-state.ts'

const kubeconfig = process.env.SECXOPS_TEST_KUBECONFIG
const registry = process.env.SECXOPS_TEST_REGISTRY
const image = `${registry}/base:1`
const why = kubeconfig ? '' : ' (no cluster: SECXOPS_TEST_CLUSTER=up makes one, SECXOPS_TEST_KUBECONFIG names one)'
const home = hashName('real-cluster.slow.test', String(process.pid), String(Date.now()))
const namespace = kubeName('default', 'namespace')
const runners: Runner[] = []
const over = { timeout: 60_000 }

function connect(): Connection {
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig ?? '')
  return new Connection(config)
}

function open(): ContractPlace {
  const place = {
    image,
    runner() {
      const runner = createKubernetesRunner('real', {
        async open() {
          const connection = connect()
          const path = apiPath`/api/v1/namespaces/${namespace}/pods`
          const pods = new Watch<Pod>({
            connection,
            path,
            labelSelector: `${HOME_LABEL}=${home}`,
            keyLabel: LAUNCH_LABEL,
          })
          return { target: 'real', connection, namespace, home, pods }
        },
        recovered: new Promise<void>(() => undefined),
      })
      runners.push(runner)
      return runner
    },
    openGate: (launch: Launch) => inPod(launch, [': >/secxops/gate']).then(() => undefined),
    // What counts is the container: with it every process of the command is gone.
    lives: async (launch: Launch) => (await podsOf(launch)).length,
  }
  return place
}

async function podsOf(launch: Launch): Promise<(KubeObject & V1Pod)[]> {
  const connection = connect()
  try {
    const query = { labelSelector: `${LAUNCH_LABEL}=${launchKey(home, launch)}` }
    const path = apiPath`/api/v1/namespaces/${namespace}/pods`
    return (await connection.ask<{ items: (KubeObject & V1Pod)[] }>('GET', path, { query })).items
  } finally {
    connection.close()
  }
}

async function inPod(launch: Launch, script: string[]): Promise<void> {
  const connection = connect()
  const [pod] = await podsOf(launch)
  const at = { namespace, pod: kubeName(pod?.metadata.name ?? '', 'Pod'), container: kubeName('files', 'container') }
  await execIn(connection, at, { argv: ['sh', '-c', ...script], signal: AbortSignal.timeout(30_000) })
}

describe.skipIf(!kubeconfig)(`Jobs of a real cluster${why}`, { timeout: 180_000 }, () => {
  afterAll(async () => {
    for (const runner of runners) runner.close()
    const connection = connect()
    const pods = { close: () => undefined } as unknown as Watch<Pod>
    await removeStrays({ target: 'real', connection, namespace, home, pods }, () => false, AbortSignal.timeout(60_000))
    connection.close()
  })
  const command = (launch: Launch, script: string, more: Partial<Command> = {}): Command => ({
    argv: ['sh', '-c', script],
    cwd: join(launch.directory, 'work'),
    env: {},
    elsewhere: { image, results: ['work/out'] },
    ...more,
  })
  const start = (launch: Launch, script: string, more: Partial<Command> = {}) =>
    open()
      .runner()
      .start(launch, command(launch, script, more))

  describeRunner('on a real cluster', open)

  test('more memory than allowed ends the command, also that of a child that is not waited for', async () => {
    const script = 'tail /dev/zero; exit 0'
    const execution = await start(newLaunch(), script, { memory: 64 * 2 ** 20 })
    expect(await execution.ended).toMatchObject({ how: 'exited' })
    expect(execution.overMemory()).toBe(true)
  })

  test('an image that is not there is told in plain words, and nothing is left', async () => {
    const launch = newLaunch()
    const missing = { image: `${registry}/no-such-image:1`, results: [] }
    const execution = await start(launch, 'true', { elsewhere: missing })
    const ended = await execution.ended
    expect(ended).toMatchObject({ how: 'lost', why: { code: 'cannot-run-here' } })
    expect(await podsOf(launch)).toEqual([])
  })

  test('more than the cluster has waits and says why, until it is stopped', async () => {
    const waiting = vi.fn()
    const launch = newLaunch()
    const execution = await start(launch, 'true', { waiting, elsewhere: { image, cpu: 1000, results: [] } })
    await vi.waitFor(
      () => expect(waiting).toHaveBeenCalledWith(expect.stringMatching(/^no node fits: .*too little free CPU/)),
      over,
    )
    await execution.stop(1000)
    expect(await podsOf(launch)).toEqual([])
  })

  test('a Pod that is deleted by hand is lost, and is not started again', async () => {
    const launch = newLaunch()
    const execution = await start(launch, 'echo up; sleep 1000')
    await logged(launch, 'up\n')
    const [pod] = await podsOf(launch)
    const connection = connect()
    const name = kubeName(pod?.metadata.name ?? '', 'Pod')
    await connection.ask('DELETE', apiPath`/api/v1/namespaces/${namespace}/pods/${name}`, {
      body: { gracePeriodSeconds: 1 },
    })
    connection.close()
    expect((await execution.ended).how).toMatch(/lost|exited/)
    expect(logOf(launch)).toMatch(/^up\n/)
    await vi.waitFor(async () => expect(await podsOf(launch)).toEqual([]), over)
  })

  test('requirements come to the cluster as an image, which is built once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'secxops-image-'))
    const home = openHome({ SECXOPS_HOME: join(folder, 'home') })
    const store = openStore(home.database, 'next', CLUSTER_MIGRATIONS)
    const environments = createEnvironmentService({ home, settings: () => ({ python: '' }) })
    const config = { baseImage: image, registry: `${registry}/tests`, plainHttp: true }
    const images = createImageEnvironments(
      () => config,
      'real',
      createImageBuilder({ store, environments, staging: home.staging }),
    )
    writeFileSync(join(folder, 'requirements.txt'), 'six==1.17.0\n')
    const lines: string[] = []
    const prepare = () =>
      images.prepare({ requirements: 'requirements.txt' }, folder, false, {
        signal: AbortSignal.timeout(170_000),
        progress: (line) => lines.push(line),
      })
    const built = await prepare()
    expect(built.image).toMatch(/secxops-env@sha256:[0-9a-f]{64}$/)
    const count = lines.length
    expect((await prepare()).image).toBe(built.image)
    expect(lines).toHaveLength(count)
    await store.close()
    const launch = newLaunch()
    const execution = await start(launch, 'python3 -c "import six; print(six.__version__)"', {
      elsewhere: { image: built.image ?? '', results: [] },
    })
    expect(await execution.ended).toEqual({ how: 'exited', code: 0 })
    expect(logOf(launch)).toBe('1.17.0\n')
  })

  test('a folder of many files and a file of 40 MB go there and come back', async () => {
    const launch = newLaunch()
    const script =
      'mkdir -p out/many && i=0; while [ $i -lt 2000 ]; do echo $i > out/many/$i; i=$((i+1)); done; head -c 40000000 /dev/urandom > out/big; sha256sum < out/big'
    const execution = await start(launch, script)
    expect(await execution.ended).toEqual({ how: 'exited', code: 0 })
    const big = createHash('sha256')
      .update(readFileSync(join(launch.directory, 'work', 'out', 'big')))
      .digest('hex')
    expect(logOf(launch)).toContain(big)
    expect(existsSync(join(launch.directory, 'work', 'out', 'many', '1999'))).toBe(true)
  })
})
