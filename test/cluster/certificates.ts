import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { API_SERVICE, NODE, NODE_ADDRESS } from './addresses.ts'
import { output } from './output.ts'
import { PKI } from './places.ts'

/** Somebody who proves by a certificate who he is: to the API server, or to those who connect to him. */
interface Holder {
  name: string
  /** As openssl writes it; CN is the user, O the group. */
  subject: string
  /** Names and addresses under which he serves. */
  serves?: string
}

const KUBERNETES_NAMES = [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
]

const HOLDERS: Holder[] = [
  {
    name: 'apiserver',
    subject: '/CN=kube-apiserver',
    serves: [
      ...['127.0.0.1', NODE_ADDRESS, API_SERVICE].map((address) => `IP:${address}`),
      ...['localhost', ...KUBERNETES_NAMES].map((name) => `DNS:${name}`),
    ].join(),
  },
  { name: 'apiserver-kubelet', subject: '/O=system:masters/CN=apiserver-kubelet' },
  { name: 'kubelet', subject: `/O=system:nodes/CN=system:node:${NODE}`, serves: `IP:${NODE_ADDRESS},DNS:${NODE}` },
  { name: 'admin', subject: '/O=system:masters/CN=admin' },
  { name: 'kube-controller-manager', subject: '/CN=system:kube-controller-manager' },
  { name: 'kube-scheduler', subject: '/CN=system:kube-scheduler' },
  { name: 'kube-proxy', subject: '/CN=system:kube-proxy' },
]

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30']

/**
 * Makes all keys and certificates of a cluster below {@link PKI}: `NAME.key`, `NAME.crt`, signed by `ca`; an authority of its own
 * (`front`) for requests that the API server hands on; the key pair that signs service accounts' tokens. Good for 30 days.
 */
export async function makeCertificates(): Promise<void> {
  mkdirSync(PKI, { recursive: true, mode: 0o700 })
  for (const authority of ['ca', 'front'])
    await request(authority, `/CN=${authority}`, ['basicConstraints=critical,CA:TRUE'])
  for (const { name, subject, serves } of HOLDERS) {
    const extensions = ['basicConstraints=CA:FALSE', 'extendedKeyUsage=serverAuth,clientAuth']
    await request(name, subject, serves ? [...extensions, `subjectAltName=${serves}`] : extensions, 'ca')
  }
  await openssl('genrsa', '-out', join(PKI, 'sa.key'), '2048')
  await openssl('rsa', '-in', join(PKI, 'sa.key'), '-pubout', '-out', join(PKI, 'sa.pub'))
}

async function request(name: string, subject: string, extensions: string[], authority?: string): Promise<void> {
  const signed = authority ? ['-CA', join(PKI, `${authority}.crt`), '-CAkey', join(PKI, `${authority}.key`)] : []
  const files = ['-keyout', join(PKI, `${name}.key`), '-out', join(PKI, `${name}.crt`)]
  const added = extensions.flatMap((extension) => ['-addext', extension])
  await openssl('req', '-x509', '-config', '/dev/null', ...KEY, ...files, '-subj', subject, ...added, ...signed)
}

const openssl = (...args: string[]): Promise<string> => output('openssl', args)
