import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { up } from './cluster.ts'
import { compactEtcd, cordon, kill, restart, start } from './faults.ts'
import { noOwnCluster, testRegistry } from './for-tests.ts'
import { BASE_IMAGE } from './images.ts'
import { createJob, inNamespace, jobEnd, NAMESPACE, podOf, podsOf, runJob } from './jobs.ts'
import { kubectl } from './kubectl.ts'
import { output } from './output.ts'
import { pidOfPart } from './run-parts.ts'

/** Our own cluster does what tests of the product rely on, and breaks in the ways that they break it. */

if (process.env.SECXOPS_TEST_CLUSTER === 'up')
  test('the cluster that was asked for came up', () => {
    expect(process.env.SECXOPS_TEST_CLUSTER_FAILED).toBeUndefined()
  })

describe.skipIf(noOwnCluster !== undefined)(`the test cluster${noOwnCluster ? ` (${noOwnCluster})` : ''}`, () => {
  let folder: string
  beforeAll(async () => {
    await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found'])
    await kubectl(['create', 'namespace', NAMESPACE])
    await eventually('the service account of the namespace', async () =>
      (await inNamespace(['get', 'serviceaccounts', '--output', 'name'])).includes('/default'),
    )
    folder = mkdtempSync(join(tmpdir(), 'cluster-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found'])
  })

  const counting = ['sh', '-c', 'for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 1; done']
  const COUNTED = '1\n2\n3\n4\n5\n6\n7\n8\n'
  const counts = async (job: string): Promise<void> => {
    await podOf(job, 'runs', ({ phase }) => phase === 'Running')
    await eventually('the first line', async () => (await inNamespace(['logs', `job/${job}`])) !== '')
  }

  test('runs a Job, and tells its exit code and its log', async () => {
    const end = await runJob({ name: 'says', command: ['sh', '-c', 'echo one; echo two >&2; exit 7'] })
    expect(end).toMatchObject({ exitCode: 7, reason: 'Error', log: 'one\ntwo\n' })
  })

  test('ends a container that takes more memory than its limit', async () => {
    const end = await runJob({ name: 'eats', command: ['tail', '/dev/zero'], limits: { memory: '32Mi' } })
    expect(end.reason).toBe('OOMKilled')
  })

  test('runs Python of the base image', async () => {
    const command = ['python3', '-c', 'import json, pip, ssl, sqlite3; print(json.dumps({"sum": 1 + 1}))']
    expect(await runJob({ name: 'computes', image: BASE_IMAGE, command })).toMatchObject({
      exitCode: 0,
      log: '{"sum": 2}\n',
    })
  })

  test('binds a claim, which a user that is not root writes and another Job reads', async () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'kept' },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '10Mi' } } },
    }
    await inNamespace(['create', '--filename', '-'], JSON.stringify(claim))
    const write = ['sh', '-c', 'echo kept > /data/file']
    expect((await runJob({ name: 'writes', command: write, claim: 'kept', user: 1000 })).exitCode).toBe(0)
    const read = { name: 'reads', command: ['cat', '/data/file'], claim: 'kept', user: 1000 }
    expect(await runJob(read)).toMatchObject({ exitCode: 0, log: 'kept\n' })
  })

  test('pulls by digest an image that was built here and pushed to the registry', async () => {
    writeFileSync(join(folder, 'Containerfile'), `FROM ${BASE_IMAGE}\nCOPY greeting /greeting\n`)
    writeFileSync(join(folder, 'greeting'), 'built here\n')
    const storage = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs']
    const buildah = (...args: string[]): Promise<string> => output('buildah', [...storage, ...args])
    const name = `${testRegistry}/greeter`
    await buildah('bud', '--isolation', 'chroot', '--tls-verify=false', '--tag', name, folder)
    await buildah('push', '--tls-verify=false', '--digestfile', join(folder, 'digest'), name, `docker://${name}`)
    const digest = await output('cat', [join(folder, 'digest')])
    const job = { name: 'greets', image: `${name}@${digest}`, command: ['cat', '/greeting'] }
    expect(await runJob(job)).toMatchObject({ exitCode: 0, log: 'built here\n' })
  })

  test('the API server killed and started again: a Job that runs meanwhile runs once, and its log is whole', async () => {
    await createJob({ name: 'outlives-api', command: counting })
    await counts('outlives-api')
    const before = pidOfPart('kube-apiserver')
    await kill('kube-apiserver')
    await expect(inNamespace(['get', 'nodes', '--request-timeout=5s'])).rejects.toThrow(/refused/)
    await start('kube-apiserver')
    expect(pidOfPart('kube-apiserver')).not.toBe(before)
    expect(await jobEnd('outlives-api')).toMatchObject({ exitCode: 0, log: COUNTED })
    expect(await podsOf('outlives-api')).toHaveLength(1)
  })

  test('the kubelet killed and started again: a Job that runs meanwhile is not started anew', async () => {
    await createJob({ name: 'outlives-kubelet', command: counting })
    await counts('outlives-kubelet')
    await restart('kubelet')
    expect(await jobEnd('outlives-kubelet')).toMatchObject({ exitCode: 0, log: COUNTED })
    const [pod] = await podsOf('outlives-kubelet')
    expect(pod?.status.containerStatuses?.[0]?.restartCount).toBe(0)
  })

  test('without the controller-manager a Job gets no Pod until it is back', async () => {
    await kill('kube-controller-manager')
    await createJob({ name: 'waits', command: ['true'] })
    expect(await podsOf('waits')).toEqual([])
    await start('kube-controller-manager')
    expect((await jobEnd('waits')).exitCode).toBe(0)
  })

  test('a history that etcd has forgotten is answered with 410', async () => {
    const list = JSON.parse(await inNamespace(['get', '--raw', `/api/v1/namespaces/${NAMESPACE}/configmaps`]))
    await inNamespace(['create', 'configmap', 'newer'])
    await inNamespace(['delete', 'configmap', 'newer'])
    await compactEtcd()
    await restart('kube-apiserver')
    const from = list.metadata.resourceVersion
    const watch = `/api/v1/namespaces/${NAMESPACE}/configmaps?watch=1&timeoutSeconds=5&resourceVersion=${from}`
    const answer = await inNamespace(['get', '--raw', watch]).catch((error: Error) => error.message)
    expect(answer).toMatch(/too old resource version|Expired|Gone/)
  })

  test('a closed node takes no Pod, says why, and takes it once it is open', async () => {
    await cordon(true)
    await createJob({ name: 'stands-in-line', command: ['true'] })
    const status = await podOf('stands-in-line', 'is refused', ({ conditions }) =>
      Boolean(conditions?.some(({ reason }) => reason === 'Unschedulable')),
    )
    expect(status.conditions?.[0]?.message).toMatch(/1 node\(s\) were unschedulable/)
    await cordon(false)
    expect((await jobEnd('stands-in-line')).exitCode).toBe(0)
  })

  test('up finds a cluster that is up, and starts only the part that is missing', async () => {
    const etcd = pidOfPart('etcd')
    await kill('kube-scheduler')
    await up()
    expect(pidOfPart('etcd')).toBe(etcd)
    expect(pidOfPart('kube-scheduler')).toBeDefined()
  })
})
