import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '../support/eventually.ts'
import { LINK, NODE_ADDRESS, POD_NETWORK, SERVICE_NETWORK } from './addresses.ts'
import { PAUSE_PROGRAM } from './images.ts'
import { output } from './output.ts'
import { HOME, LOGS } from './places.ts'
import { argumentsOf, pidsOf } from './processes.ts'

/**
 * The cluster lives in mount, network and process namespaces of its own, held by their first process (room.sh). When that
 * process ends, however it ends, the kernel ends all that was started in them: nothing that the cluster does to mounts,
 * interfaces, routes, packet filters or processes reaches this machine.
 */

/** The program that holds the namespaces, by a path that is known by nobody else. */
const HOLDER = join(HOME, 'secxops-cluster-room')

/** Process that holds the namespaces, as this machine numbers it; undefined when there is none. */
export const roomPid = (): number | undefined => pidsOf((pid) => argumentsOf(pid)[0] === HOLDER)[0]

/** Makes the namespaces, furnishes them, and lays the line by which this machine reaches the node, its Pods and its services. */
export async function openRoom(): Promise<void> {
  mkdirSync(LOGS, { recursive: true })
  copyFileSync(PAUSE_PROGRAM, HOLDER)
  chmodSync(HOLDER, 0o700)
  const script = [join(import.meta.dirname, 'room.sh'), HOME, `${NODE_ADDRESS}/24`, HOLDER]
  const kinds = ['--mount', '--net', '--pid', '--propagation', 'private', '--fork', '--kill-child']
  const log = openSync(join(LOGS, 'room.log'), 'a')
  const child = spawn('unshare', [...kinds, 'sh', ...script], { stdio: ['ignore', log, log], detached: true, cwd: '/' })
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.unref()
  const pid = await eventually('the namespaces of the cluster', () => {
    if (ended) throw new Error(`the namespaces of the cluster could not be made: see ${LOGS}/room.log`)
    return roomPid()
  })
  const { here, hereAddress, there, thereAddress } = LINK
  await ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', String(pid))
  await ip('address', 'add', hereAddress, 'peer', thereAddress, 'dev', here)
  await ip('link', 'set', here, 'up')
  await inRoom('ip', 'address', 'add', thereAddress, 'peer', hereAddress, 'dev', there)
  await inRoom('ip', 'link', 'set', there, 'up')
  for (const network of [POD_NETWORK, SERVICE_NETWORK])
    await ip('route', 'add', network, 'via', thereAddress, 'src', hereAddress)
}

/** Ends everything in the namespaces, at once; resolves when nothing of it is left. */
export async function closeRoom(): Promise<void> {
  const pid = roomPid()
  if (pid !== undefined) {
    process.kill(pid, 'SIGKILL')
    // The first process is gone only after all others are.
    await eventually('the end of the namespaces of the cluster', () => !existsSync(`/proc/${pid}`))
  }
  // The kernel takes the line away a moment later than the namespace at its other end.
  if (await linkExists()) await ip('link', 'delete', LINK.here).catch(() => {})
}

/** True when the line to the cluster exists. */
export async function linkExists(): Promise<boolean> {
  const links: { ifname: string }[] = JSON.parse(await ip('-json', 'link', 'show'))
  return links.some(({ ifname }) => ifname === LINK.here)
}

/** How a command gets into the namespaces: what to put before it. */
export function entrance(): [string, ...string[]] {
  const pid = roomPid()
  if (pid === undefined) throw new Error('The test cluster is not up: `node test/cluster/up.ts` starts it')
  return ['nsenter', '--target', String(pid), '--mount', '--net', '--pid', '--wdns=/', '--']
}

/** Runs a command in the namespaces and answers what it printed. */
export function inRoom(...command: string[]): Promise<string> {
  const [enter, ...args] = entrance()
  return output(enter, [...args, ...command])
}

const ip = (...args: string[]): Promise<string> => output('ip', args)
