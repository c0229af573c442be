import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { V1Container, V1Job, V1Pod } from '@kubernetes/client-node'
import { type WebSocket, WebSocketServer } from 'ws'
import { carriersOf } from '../../runners/local/processes.ts'
import type { KubeObject } from '../watch.ts'
import type { FakeApi } from './fake-api.ts'

type FakePod = KubeObject & Required<Pick<V1Pod, 'spec'>> & { status: NonNullable<V1Pod['status']> }

interface Running {
  pod: FakePod
  folder: string
  containers: Map<string, ChildProcess>
}

/** What every process of a container carries. */
const MARK = 'FAKE_CONTAINER'

/**
 * Plays Job controller, kubelet and runtime for a {@link FakeApi}: a Pod's containers are processes of this machine over a folder of the Pod's own, which
 * takes the place of its volume in every command.
 */
export class FakeKubelet {
  /** Pods by name, also those that are over. */
  readonly pods = new Map<string, Running>()
  /** How containers end is told with these words in place of the usual. */
  reasonOf: (code: number) => string = (code) => (code === 0 ? 'Completed' : 'Error')
  /** A Pod that is made stays unscheduled while this answers a condition's message. */
  unschedulable: () => string | undefined = () => undefined
  /** Sockets are refused while true. */
  refuseExec = false
  readonly #api: FakeApi
  readonly #mount: string
  readonly #sockets = new Set<WebSocket>()
  readonly #server = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false })

  /** `mount`: where the Pods have their volume. */
  constructor(api: FakeApi, mount: string) {
    this.#api = api
    this.#mount = mount
    api.onCreate = (kind, object) => {
      if (kind === 'jobs') this.startPod(object as unknown as V1Job & KubeObject)
    }
    api.onDelete = (kind, object, options) => {
      if (kind === 'pods') void this.#deletePod(object.metadata.name, Number(options.gracePeriodSeconds ?? 30))
      else api.remove(kind, object.metadata.name)
    }
    api.onUpgrade = (request, socket, head) => this.#upgrade(request, socket, head)
  }

  /** Makes one more Pod of a Job, as the Job controller does. */
  startPod(job: V1Job & KubeObject): void {
    const template = job.spec?.template
    const name = `${job.metadata.name}-${this.pods.size}`
    const pod = this.#api.put('pods', {
      ...template,
      metadata: { name, labels: template?.metadata?.labels ?? {} },
      status: { phase: 'Pending' },
    } as never) as unknown as FakePod
    const running: Running = { pod, folder: mkdtempSync(join(tmpdir(), 'secxops-pod-')), containers: new Map() }
    this.pods.set(name, running)
    const message = this.unschedulable()
    if (message === undefined) this.#run(running)
    else
      this.#tell(running, {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
      })
  }

  /** Cuts all sockets. */
  cutExecs(): void {
    for (const socket of this.#sockets) socket.terminate()
  }

  /** Takes a Pod away at once, with everything in it. */
  kill(name: string): void {
    const running = this.pods.get(name)
    if (running) this.#killAll(running)
    this.#api.remove('pods', name)
  }

  close(): void {
    for (const running of this.pods.values()) this.#killAll(running)
    this.cutExecs()
  }

  #run(running: Running): void {
    const bin = join(running.folder, '..', `${running.folder.split('/').at(-1)}-bin`)
    mkdirSync(bin)
    writeFileSync(join(bin, 'tar'), tarWrapper(this.#mount, running.folder))
    chmodSync(join(bin, 'tar'), 0o755)
    running.pod.spec.nodeName = 'fake'
    for (const container of running.pod.spec.containers) this.#start(running, container, bin)
    this.#tell(running, { phase: 'Running', containerStatuses: this.#statuses(running) })
  }

  #start(running: Running, { name, command = [], env = [] }: V1Container, bin: string): void {
    const expanded = command.map((word) => inFolder(word.replaceAll('$$', '$'), this.#mount, running.folder))
    const [program = '', ...words] = expanded
    const child = spawn(program, words, {
      cwd: '/',
      detached: true,
      stdio: 'ignore',
      env: {
        ...Object.fromEntries(env.map((one) => [one.name, one.value])),
        PATH: `${bin}:${process.env.PATH}`,
        [MARK]: `${running.pod.metadata.uid}-${name}`,
      },
    })
    running.containers.set(name, child)
    child.on('exit', (code, signal) => {
      this.#killContainer(running, name)
      const exitCode = code ?? (signal === 'SIGKILL' ? 137 : 143)
      this.#ended.set(`${running.pod.metadata.uid}-${name}`, { exitCode, reason: this.reasonOf(exitCode) })
      this.#tell(running, { phase: 'Running', containerStatuses: this.#statuses(running) })
    })
  }

  readonly #ended = new Map<string, { exitCode: number; reason: string }>()

  #statuses({ pod, containers }: Running): NonNullable<FakePod['status']['containerStatuses']> {
    return [...containers.keys()].map((name) => {
      const terminated = this.#ended.get(`${pod.metadata.uid}-${name}`)
      const state = terminated ? { terminated } : { running: {} }
      return { name, state, image: '', imageID: '', ready: true, restartCount: 0 }
    })
  }

  #tell(running: Running, status: FakePod['status']): void {
    const { name } = running.pod.metadata
    const known = this.#api.list('pods').find(({ metadata }) => metadata.name === name)
    if (!known) return
    running.pod = this.#api.put('pods', { ...known, spec: running.pod.spec, status } as never) as unknown as FakePod
  }

  async #deletePod(name: string, grace: number): Promise<void> {
    const running = this.pods.get(name)
    if (!running || running.pod.metadata.deletionTimestamp) return
    running.pod.metadata.deletionTimestamp = new Date().toISOString()
    this.#tell(running, running.pod.status)
    const ends = [...running.containers.values()].map((child) => {
      if (child.exitCode !== null || child.signalCode !== null) return undefined
      const end = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      return end
    })
    const limit = setTimeout(() => this.#killAll(running), grace * 1000)
    await Promise.all(ends)
    clearTimeout(limit)
    this.#api.remove('pods', name)
  }

  #killAll(running: Running): void {
    for (const name of running.containers.keys()) this.#killContainer(running, name)
  }

  #killContainer({ pod }: Running, name: string): void {
    const mark = `${MARK}=${pod.metadata.uid}-${name}`
    // A child that was forked in this moment is seen at the next look.
    for (let left = carriersOf(mark); left.size > 0; left = carriersOf(mark))
      for (const pid of left)
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // It ended in this moment.
        }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://fake')
    const name = /\/pods\/([^/]+)\/exec$/.exec(url.pathname)?.[1] ?? ''
    const running = this.pods.get(name)
    const container = url.searchParams.get('container') ?? ''
    const child = running?.containers.get(container)
    if (this.refuseExec || !running || !child || child.exitCode !== null || child.signalCode !== null) {
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
      return
    }
    this.#server.handleUpgrade(request, socket, head, (client) =>
      this.#exec(running, container, url.searchParams.getAll('command'), client),
    )
  }

  #exec({ pod, folder }: Running, container: string, command: string[], socket: WebSocket): void {
    this.#sockets.add(socket)
    const [program = '', ...words] = command.map((word) => inFolder(word, this.#mount, folder))
    const child = spawn(program, words, {
      cwd: '/',
      env: { PATH: `${folder}-bin:${process.env.PATH}`, [MARK]: `${pod.metadata.uid}-${container}` },
    })
    const send = (channel: number, piece: Buffer): void => socket.send(Buffer.concat([Buffer.of(channel), piece]))
    child.stdout.on('data', (piece: Buffer) => send(1, piece))
    child.stderr.on('data', (piece: Buffer) => send(2, piece))
    child.stdin.on('error', () => undefined)
    socket.on('message', (data: Buffer) => {
      if (data[0] === 0) child.stdin.write(data.subarray(1))
    })
    socket.on('close', () => {
      this.#sockets.delete(socket)
      child.stdin.destroy()
    })
    child.on('close', (code) => {
      const causes = [{ reason: 'ExitCode', message: String(code) }]
      const status =
        code === 0 ? { status: 'Success' } : { status: 'Failure', message: `exit code ${code}`, details: { causes } }
      send(3, Buffer.from(JSON.stringify(status)))
      socket.close()
    })
  }
}

/** The volume's place, where it stands alone, in a text. */
const inFolder = (text: string, mount: string, folder: string): string =>
  text.replaceAll(new RegExp(`(?<!\\w)${mount}(?![\\w-])`, 'g'), folder)

/** A tar after which what was unpacked names the folder that stands for the volume. */
const tarWrapper = (mount: string, folder: string): string => `#!/bin/sh
PATH="\${PATH#*:}" tar "$@" || exit $?
[ -e start ] && [ -e sums ] || exit 0
for twice in 1 2; do
  sed -E -i 's#(^|[^[:alnum:]_])${mount}([^[:alnum:]_-]|$)#\\1${folder}\\2#g' start
done
sed -i "s#^.*  start\\$#$(sha256sum start | cut -c1-64)  start#" sums
`
