import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { NODE_ADDRESS, POD_NETWORK, REGISTRY } from './addresses.ts'
import { CGROUP } from './cgroups.ts'
import { PAUSE_IMAGE } from './images.ts'
import { CONTAINERD_SOCKET, HOME, PKI } from './places.ts'

/** Where the settings of a part lie, by its name. */
export const settingsOf = (name: string): string => join(HOME, 'etc', name)

const CNI = settingsOf('cni')
const CERTS = settingsOf('certs.d')

/** Writes the settings files of containerd, CNI, the registry and the kubelet. */
export function writeSettings(): void {
  write(settingsOf('containerd'), containerd())
  write(join(CERTS, REGISTRY, 'hosts.toml'), registryHost())
  write(join(CNI, 'pods.conflist'), JSON.stringify(pods(), undefined, 2))
  // JSON is YAML.
  write(settingsOf('docker-registry'), JSON.stringify(registry(), undefined, 2))
  write(settingsOf('kubelet'), JSON.stringify(kubelet(), undefined, 2))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const containerd = (): string => `version = 2
root = "${HOME}/containerd"
state = "${HOME}/containerd-state"
oom_score = 0
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing",
]
[grpc]
  address = "${CONTAINERD_SOCKET}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  # Without the right to lower a score (a container, some virtual machines) no sandbox would start.
  restrict_oom_score_adj = true
  disable_apparmor = true
  stream_server_address = "127.0.0.1"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${CNI}"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${CERTS}"
`

/** Without a host of its own beside `server`, containerd would ask by HTTPS. */
const registryHost = (): string => `server = "http://${REGISTRY}"
[host."http://${REGISTRY}"]
  capabilities = ["pull", "resolve"]
`

/** Pods stand on the node's bridge; nothing leads them out of the cluster. */
const pods = (): object => ({
  cniVersion: '0.4.0',
  name: 'pods',
  plugins: [
    {
      type: 'bridge',
      bridge: 'kbr0',
      isGateway: true,
      ipMasq: false,
      hairpinMode: true,
      ipam: {
        type: 'host-local',
        ranges: [[{ subnet: POD_NETWORK, rangeStart: POD_NETWORK.replace(/\d+\/\d+$/, '10'), gateway: NODE_ADDRESS }]],
        routes: [{ dst: '0.0.0.0/0' }],
        dataDir: join(HOME, 'cni'),
      },
    },
    { type: 'portmap', capabilities: { portMappings: true }, snat: true },
  ],
})

const registry = (): object => ({
  version: '0.1',
  storage: { filesystem: { rootdirectory: join(HOME, 'registry') }, delete: { enabled: true } },
  http: { addr: REGISTRY },
})

const kubelet = (): object => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  address: NODE_ADDRESS,
  port: 10250,
  readOnlyPort: 0,
  healthzBindAddress: '127.0.0.1',
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: join(PKI, 'ca.crt') },
  },
  authorization: { mode: 'Webhook' },
  tlsCertFile: join(PKI, 'kubelet.crt'),
  tlsPrivateKeyFile: join(PKI, 'kubelet.key'),
  containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
  cgroupDriver: 'cgroupfs',
  cgroupRoot: `/${CGROUP}`,
  enforceNodeAllocatable: ['pods'],
  failSwapOn: false,
  featureGates: { KubeletInUserNamespace: true },
  oomScoreAdj: 0,
  podPidsLimit: 512,
  maxOpenFiles: 20_000,
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  // A machine that is nearly full is no reason to end Pods of a test.
  evictionHard: {
    'memory.available': '100Mi',
    'nodefs.available': '100Mi',
    'imagefs.available': '100Mi',
    'nodefs.inodesFree': '1%',
  },
  clusterDNS: [],
  resolvConf: '',
  serializeImagePulls: false,
  registryPullQPS: 0,
  eventRecordQPS: 0,
  kubeAPIQPS: 100,
  kubeAPIBurst: 200,
  podLogsDir: join(HOME, 'pod-logs'),
  volumePluginDir: join(HOME, 'volume-plugins'),
  nodeStatusUpdateFrequency: '4s',
})
