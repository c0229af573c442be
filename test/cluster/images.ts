import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../shared/tooling/src/setup/command.mjs'
import { hashOf, isStamped, stamp } from '../../shared/tooling/src/setup/stamp.mjs'
import { REGISTRY } from './addresses.ts'
import { output } from './output.ts'
import { BUILT, CONTAINERD_SOCKET } from './places.ts'

type Say = (line: string) => void

/** Holds the namespaces of a Pod. */
export const PAUSE_IMAGE = `${REGISTRY}/pause:1`

/** Shell and small tools, 2 MB. */
export const BUSYBOX_IMAGE = `${REGISTRY}/busybox:1`

/** Debian with Python and pip. */
export const BASE_IMAGE = `${REGISTRY}/base:1`

const RECIPES = join(import.meta.dirname, 'images')
const FOLDER = join(BUILT, 'images')

/** The program of the Pods' first process, statically linked. */
export const PAUSE_PROGRAM = join(FOLDER, 'pause')

interface Image {
  name: string
  reference: string
  /** Puts into the folder of the build what the Containerfile adds. */
  gather: (context: string, say: Say) => Promise<unknown>
}

const IMAGES: Image[] = [
  { name: 'pause', reference: PAUSE_IMAGE, gather: async (context) => cpSync(PAUSE_PROGRAM, join(context, 'pause')) },
  { name: 'busybox', reference: BUSYBOX_IMAGE, gather: busybox },
  { name: 'base', reference: BASE_IMAGE, gather: debian },
]

const archiveOf = (name: string): string => join(FOLDER, `${name}.tar`)

/** Builds the images whose recipe has changed, and keeps each as an archive. The base image is fetched from Debian: minutes. */
export async function ensureImages(say: Say): Promise<string | undefined> {
  const identity = hashOf([RECIPES, import.meta.filename])
  if (isStamped(FOLDER, identity) && IMAGES.every(({ name }) => existsSync(archiveOf(name)))) return 'up to date'
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  await run('gcc', ['-static', '-Os', '-s', '-o', PAUSE_PROGRAM, join(RECIPES, 'pause', 'pause.c')], { say })
  for (const image of IMAGES) await build(image, say)
  stamp(FOLDER, identity)
}

/** Makes the images known to the node, and pushes them to the registry. */
export async function loadImages(say: Say): Promise<void> {
  const ctr = ['--address', CONTAINERD_SOCKET, '--namespace', 'k8s.io', 'images']
  for (const { name, reference } of IMAGES) {
    say(name)
    await run('ctr', [...ctr, 'import', archiveOf(name)])
    await run('ctr', [...ctr, 'push', '--plain-http', reference])
  }
}

async function build({ name, reference, gather }: Image, say: Say): Promise<void> {
  say(name)
  const work = mkdtempSync(join(FOLDER, 'build-'))
  try {
    const context = join(work, 'context')
    cpSync(join(RECIPES, name), context, { recursive: true })
    await gather(context, say)
    // A storage of its own: nothing stays in the one of this machine.
    const storage = ['--root', join(work, 'root'), '--runroot', join(work, 'run'), '--storage-driver', 'vfs']
    await run('buildah', [...storage, 'bud', '--isolation', 'chroot', '--tag', reference, context], { say })
    await run('buildah', [...storage, 'push', reference, `oci-archive:${archiveOf(name)}:${reference}`], { say })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function busybox(context: string): Promise<void> {
  const root = join(context, 'root')
  for (const folder of ['bin', 'etc', 'tmp']) mkdirSync(join(root, folder), { recursive: true })
  cpSync('/bin/busybox', join(root, 'bin', 'busybox'))
  const names = (await output('/bin/busybox', ['--list'])).trim().split('\n')
  for (const name of names) if (name !== 'busybox') symlinkSync('busybox', join(root, 'bin', name))
  writeFileSync(join(root, 'etc', 'passwd'), 'root:x:0:0:root:/:/bin/sh\n')
}

async function debian(context: string, say: Say): Promise<void> {
  const sources = await output('apt-get', ['indextargets', '--format', '$(CODENAME) $(SITE)', 'Created-By: Packages'])
  const [suite = '', mirror = ''] = sources.split('\n', 1)[0]?.split(' ') ?? []
  const root = join(context, 'root')
  const packages = ['python3', 'python3-pip', 'python3-venv', 'ca-certificates'].join()
  const debootstrap = ['debootstrap', '--variant=minbase', `--include=${packages}`, suite, root, mirror]
  // In a mount namespace of its own: what it mounts goes with it, however it ends.
  await run('unshare', ['--mount', '--propagation', 'private', ...debootstrap], { say })
  const waste = ['./dev/*', './proc/*', './sys/*', './var/cache/apt/*', './var/lib/apt/lists/*', './usr/share/doc/*']
  const without = [...waste, './usr/share/locale/*', './usr/share/man/*'].map((path) => `--exclude=${path}`)
  await run('tar', ['--create', '--file', join(context, 'root.tar'), '--directory', root, ...without, '.'], { say })
  rmSync(root, { recursive: true, force: true })
}
