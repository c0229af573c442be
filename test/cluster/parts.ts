import { join } from 'node:path'
import { API_SERVER, NODE, NODE_ADDRESS, POD_NETWORK, REGISTRY, SERVICE_NETWORK } from './addresses.ts'
import { kubeconfigOf } from './kubeconfigs.ts'
import type { Part, PartName } from './part.ts'
import { CONTAINERD_SOCKET, HOME, PKI } from './places.ts'
import { settingsOf } from './settings.ts'

const ETCD = 'http://127.0.0.1:2379'
const ETCD_PEERS = 'http://127.0.0.1:2380'

/** Requests a second and at once; the default (20) makes the first service account wait for seconds. */
const FAST = ['--kube-api-qps=300', '--kube-api-burst=600']

/** Of one kubeconfig for all that a controller asks of the API server. */
const connections = (name: PartName): string[] =>
  ['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(
    (flag) => `--${flag}=${kubeconfigOf(name)}`,
  )

const pki = (file: string): string => join(PKI, file)

/** The parts of every cluster, in the order in which they are started. */
export const PARTS: Part[] = [
  {
    name: 'etcd',
    args: [
      ...['--name=e', `--data-dir=${HOME}/etcd`, '--unsafe-no-fsync', `--initial-cluster=e=${ETCD_PEERS}`],
      ...[`--listen-client-urls=${ETCD}`, `--advertise-client-urls=${ETCD}`],
      ...[`--listen-peer-urls=${ETCD_PEERS}`, `--initial-advertise-peer-urls=${ETCD_PEERS}`],
    ],
    ready: `${API_SERVER}/readyz/etcd`,
  },
  { name: 'docker-registry', args: ['serve', settingsOf('docker-registry')], ready: `http://${REGISTRY}/v2/` },
  { name: 'containerd', args: ['--config', settingsOf('containerd')], ready: CONTAINERD_SOCKET },
  {
    name: 'kube-apiserver',
    args: [
      `--etcd-servers=${ETCD}`,
      ...[`--bind-address=${NODE_ADDRESS}`, `--advertise-address=${NODE_ADDRESS}`, '--secure-port=6443'],
      `--service-cluster-ip-range=${SERVICE_NETWORK}`,
      ...[`--tls-cert-file=${pki('apiserver.crt')}`, `--tls-private-key-file=${pki('apiserver.key')}`],
      `--client-ca-file=${pki('ca.crt')}`,
      `--requestheader-client-ca-file=${pki('front.crt')}`,
      ...['username=User', 'group=Group']
        .map((pair) => pair.split('='))
        .map(([flag, header]) => `--requestheader-${flag}-headers=X-Remote-${header}`),
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      `--kubelet-client-certificate=${pki('apiserver-kubelet.crt')}`,
      `--kubelet-client-key=${pki('apiserver-kubelet.key')}`,
      `--kubelet-certificate-authority=${pki('ca.crt')}`,
      '--kubelet-preferred-address-types=InternalIP',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${pki('sa.pub')}`,
      `--service-account-signing-key-file=${pki('sa.key')}`,
      ...['--authorization-mode=Node,RBAC', '--anonymous-auth=false', '--allow-privileged=true'],
      ...['--enable-admission-plugins=NodeRestriction', '--profiling=false'],
    ],
    ready: `${API_SERVER}/readyz`,
  },
  {
    name: 'kube-controller-manager',
    args: [
      ...connections('kube-controller-manager'),
      ...[`--bind-address=${NODE_ADDRESS}`, '--leader-elect=false'],
      ...['--use-service-account-credentials=true', `--service-account-private-key-file=${pki('sa.key')}`],
      ...[`--root-ca-file=${pki('ca.crt')}`, `--cluster-signing-cert-file=${pki('ca.crt')}`],
      `--cluster-signing-key-file=${pki('ca.key')}`,
      // A claim and its volume that come at once are bound by the second look, else 15 s later.
      ...['--enable-hostpath-provisioner=true', '--pvclaimbinder-sync-period=1s'],
      ...['--concurrent-job-syncs=20', ...FAST],
    ],
    ready: `https://${NODE_ADDRESS}:10257/healthz`,
  },
  {
    name: 'kube-scheduler',
    args: [...connections('kube-scheduler'), `--bind-address=${NODE_ADDRESS}`, '--leader-elect=false', ...FAST],
    ready: `https://${NODE_ADDRESS}:10259/healthz`,
  },
  {
    name: 'kubelet',
    args: [
      ...[`--config=${settingsOf('kubelet')}`, `--kubeconfig=${kubeconfigOf('kubelet')}`],
      ...[
        `--root-dir=${HOME}/kubelet`,
        `--cert-dir=${PKI}`,
        `--hostname-override=${NODE}`,
        `--node-ip=${NODE_ADDRESS}`,
      ],
    ],
    ready: `https://${NODE_ADDRESS}:10250/healthz`,
  },
  {
    name: 'kube-proxy',
    args: [
      ...[`--kubeconfig=${kubeconfigOf('kube-proxy')}`, '--proxy-mode=iptables', `--hostname-override=${NODE}`],
      ...[`--cluster-cidr=${POD_NETWORK}`, `--nodeport-addresses=127.0.0.0/8,${NODE_ADDRESS}/32`],
      ...['--conntrack-max-per-core=0', '--conntrack-min=0'],
      ...['--conntrack-tcp-timeout-established=0', '--conntrack-tcp-timeout-close-wait=0'],
      ...[`--healthz-bind-address=${NODE_ADDRESS}:10256`, '--metrics-bind-address=127.0.0.1:10249'],
    ],
    ready: `http://${NODE_ADDRESS}:10256/healthz`,
  },
]

/** Plays the nodes that carry the annotation `kwok.x-k8s.io/node: fake`; no part of a cluster unless it is asked for. */
export const KWOK_PART: Part = {
  name: 'kwok',
  args: [
    ...[`--kubeconfig=${kubeconfigOf('admin')}`, '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake'],
    // Where it kept leases of nodes, it left Pods alone until it had them: up to 40 s.
    ...['--node-lease-duration-seconds=0', '--cidr=10.245.0.0/16', '--node-ip=127.0.0.1'],
    `--server-address=${NODE_ADDRESS}:10247`,
  ],
  ready: `http://${NODE_ADDRESS}:10247/healthz`,
}
