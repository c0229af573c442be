import { constants, copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../shared/tooling/src/setup/failure.mjs'
import { Progress } from '../../shared/tooling/src/setup/progress.mjs'
import { eventually } from '../support/eventually.ts'
import { NODE, REGISTRY } from './addresses.ts'
import { makeCertificates } from './certificates.ts'
import { existingCgroups, makeCgroups, removeCgroups } from './cgroups.ts'
import { ensureImages, loadImages } from './images.ts'
import { writeKubeconfigs } from './kubeconfigs.ts'
import { kubectl } from './kubectl.ts'
import { ensureKubernetes, KUBERNETES_PROGRAM, kubernetesVersion } from './kubernetes.ts'
import { alone } from './lock.ts'
import { ensurePackages } from './packages.ts'
import type { PartName } from './part.ts'
import { PARTS } from './parts.ts'
import { BIN, HOME, KUBECONFIG } from './places.ts'
import { closeRoom, linkExists, openRoom, roomPid } from './room.ts'
import { partIsReady, partOf, startPart } from './run-parts.ts'
import { writeSettings } from './settings.ts'

type Say = (line: string) => void

/** Where a cluster is used. */
export interface ClusterAddress {
  kubeconfig: string
  /** Name of the registry in references of images. */
  registry: string
}

/** Exists once a cluster has come up whole. */
const WHOLE = join(HOME, 'whole')

/** Brings the cluster up, from nothing or from what is left of it; one that is up stays as it is. */
export function up(): Promise<ClusterAddress> {
  return alone(async () => {
    const progress = new Progress(4)
    await progress.step('Debian packages', ensurePackages)
    await progress.step(`Kubernetes ${kubernetesVersion()}`, ensureKubernetes)
    await progress.step('images', ensureImages)
    await progress.step('cluster', start)
    return { kubeconfig: KUBECONFIG, registry: REGISTRY }
  })
}

/** Ends the cluster and removes all that it has left on this machine, whatever state it is in; what was built for it is kept. */
export const down = (): Promise<void> => alone(clear)

/** True when a cluster has come up here and has not been ended. */
export const isUp = (): boolean => roomPid() !== undefined && existsSync(WHOLE)

/** What of a cluster is on this machine, in words; empty after {@link down}. */
export async function remains(): Promise<string[]> {
  const room = roomPid()
  return [
    ...(room === undefined ? [] : [`process ${room}`]),
    ...((await linkExists()) ? ['network interface'] : []),
    ...existingCgroups(),
    ...(existsSync(HOME) ? [HOME] : []),
  ]
}

async function start(say: Say): Promise<string | undefined> {
  if (isUp()) {
    for (const part of PARTS) await startPart(part)
    for (const part of PARTS) await partIsReady(part)
    return 'is up'
  }
  await clear()
  say('namespaces, certificates')
  mkdirSync(HOME, { mode: 0o700 })
  installPrograms()
  await makeCertificates()
  writeKubeconfigs()
  writeSettings()
  makeCgroups()
  await openRoom()
  await run(say, 'etcd', 'docker-registry', 'containerd', 'kube-apiserver')
  await kubectl(['apply', '--filename', join(import.meta.dirname, 'manifests.yaml')])
  await run(say, 'kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'kubelet')
  await loadImages((image) => say(`image ${image}`))
  say('node')
  await kubectl(['wait', '--for=create', `node/${NODE}`, 'serviceaccount/default', '--timeout=120s'])
  await kubectl(['wait', '--for=condition=Ready', `node/${NODE}`, '--timeout=120s'])
  writeFileSync(WHOLE, '')
}

async function run(say: Say, ...names: PartName[]): Promise<void> {
  const parts = names.map(partOf)
  for (const part of parts) await startPart(part)
  for (const part of parts) {
    say(part.name)
    await partIsReady(part)
  }
}

/** Puts the parts of Kubernetes under their names into the folder of programs; where the repository lies may be hidden in the namespaces. */
function installPrograms(): void {
  mkdirSync(BIN)
  copyFileSync(KUBERNETES_PROGRAM, join(BIN, 'kubernetes'), constants.COPYFILE_FICLONE)
  for (const name of [
    'kube-apiserver',
    'kube-controller-manager',
    'kube-scheduler',
    'kubelet',
    'kube-proxy',
    'kubectl',
  ])
    symlinkSync('kubernetes', join(BIN, name))
}

async function clear(): Promise<void> {
  await closeRoom()
  await eventually('the end of what runs in Pods', () => {
    try {
      removeCgroups()
      return true
    } catch (error) {
      // Its last process is still on its way out.
      if (error instanceof Error && 'code' in error && error.code === 'EBUSY') return false
      throw error
    }
  })
  rmSync(HOME, { recursive: true, force: true })
  const left = await remains()
  if (left.length)
    throw new Failure(`The test cluster has left ${left.join(', ')}.`, 'remove it by hand, and try again')
}
