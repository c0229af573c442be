import { run } from '../../shared/tooling/src/setup/command.mjs'
import { Failure } from '../../shared/tooling/src/setup/failure.mjs'
import { output } from './output.ts'

/** Debian's packages that the cluster consists of, builds with and is looked at with. */
const PACKAGES = [
  ...['containerd', 'runc', 'containernetworking-plugins', 'etcd-server', 'etcd-client', 'docker-registry'],
  ...['conntrack', 'iptables', 'ipset', 'ethtool', 'socat', 'iproute2', 'util-linux'],
  ...['buildah', 'debootstrap', 'busybox-static', 'inotify-tools', 'gcc', 'libc6-dev', 'openssl'],
]

/**
 * Installs the packages that this machine lacks; answers which. No service of theirs is started: the cluster starts its own.
 * Rejects with a Failure on a machine that has no apt or where we are not root.
 */
export async function ensurePackages(say: (line: string) => void): Promise<string> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Failure(
      'The test cluster needs Linux and root: it makes namespaces, mounts and cgroups.',
      'run it as root, or name a cluster that runs already in SECXOPS_TEST_KUBECONFIG',
    )
  const missing = await missingPackages()
  if (missing.length === 0) return 'up to date'
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '--no-install-recommends', '--no-upgrade', ...missing]
  say(missing.join(' '))
  try {
    await run('apt-get', install, { say, env })
  } catch {
    // The lists are missing or name versions that are no longer there.
    await run('apt-get', ['update'], { say, env })
    await run('apt-get', install, { say, env })
  }
  return `installed ${missing.join(' ')}`
}

async function missingPackages(): Promise<string[]> {
  // Lines like `gcc<TAB>install`, `libc6-dev:amd64<TAB>install`.
  const lines = (await output('dpkg', ['--get-selections'])).split('\n').filter((line) => line.endsWith('\tinstall'))
  const installed = new Set(lines.map((line) => line.split(/[:\t]/, 1)[0]))
  return PACKAGES.filter((name) => !installed.has(name))
}
