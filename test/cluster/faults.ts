import { eventually } from '../support/eventually.ts'
import { NODE } from './addresses.ts'
import { PAUSE_IMAGE } from './images.ts'
import { kubectl } from './kubectl.ts'
import type { PartName } from './part.ts'
import { inRoom } from './room.ts'
import { killPart, partIsReady, partOf, startPart } from './run-parts.ts'

/** Ends a part with SIGKILL and leaves it so until {@link start}. */
export const kill = (name: PartName): Promise<void> => killPart(partOf(name))

/** Starts a part that was killed; resolves when it works. */
export async function start(name: PartName): Promise<void> {
  await startPart(partOf(name))
  await partIsReady(partOf(name))
}

/** Ends a part with SIGKILL and starts it again; resolves when it works. */
export async function restart(name: PartName): Promise<void> {
  await kill(name)
  await start(name)
}

/**
 * Forgets the history of all objects: what asks for a resource version before the one that is answered gets 410 once the API server
 * has been restarted too (until then it answers out of its own memory).
 */
export async function compactEtcd(): Promise<string> {
  const [status]: { Status: { header: { revision: number } } }[] = JSON.parse(
    await etcdctl('endpoint', 'status', '--write-out=json'),
  )
  if (!status) throw new Error('etcd tells no status')
  const revision = String(status.Status.header.revision)
  await etcdctl('compact', revision, '--physical')
  return revision
}

/** Lets the node take no more Pods, or take them again. Resolves when the scheduler keeps to it. */
export async function cordon(closed: boolean): Promise<void> {
  await kubectl([closed ? 'cordon' : 'uncordon', NODE])
  // It hears of the node by a watch, which may be seconds late after a restart of the API server.
  await eventually('the scheduler to hear of it', async () => (await isPlaced()) !== closed)
}

/** True when a Pod that is made now is given to the node, false when it is refused. */
async function isPlaced(): Promise<boolean> {
  const containers = [{ name: 'main', image: PAUSE_IMAGE }]
  const probe = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'probe' }, spec: { containers } }
  await kubectl(['create', '--filename', '-'], JSON.stringify(probe))
  try {
    const { placed } = await eventually('a word of the scheduler', async () => {
      const { spec, status }: Placement = JSON.parse(await kubectl(['get', 'pod', 'probe', '--output', 'json']))
      if (spec.nodeName) return { placed: true }
      return status.conditions?.some(({ reason }) => reason === 'Unschedulable') && { placed: false }
    })
    return placed
  } finally {
    await kubectl(['delete', 'pod', 'probe', '--now'])
  }
}

interface Placement {
  spec: { nodeName?: string }
  status: { conditions?: { reason?: string }[] }
}

const etcdctl = (...args: string[]): Promise<string> => inRoom('env', 'ETCDCTL_API=3', 'etcdctl', ...args)
