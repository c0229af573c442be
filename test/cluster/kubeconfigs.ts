import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { API_SERVER } from './addresses.ts'
import { HOME, PKI } from './places.ts'

/** Name of the context in every kubeconfig of the cluster. */
export const CONTEXT = 'secxops-test'

/** Path of the kubeconfig of a holder of a certificate. */
export const kubeconfigOf = (name: string): string => join(HOME, `${name}.kubeconfig`)

/** Writes the kubeconfigs of the administrator and of the parts that talk to the API server. */
export function writeKubeconfigs(): void {
  for (const name of ['admin', 'kubelet', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'])
    writeFileSync(kubeconfigOf(name), JSON.stringify(kubeconfig(name), undefined, 2), { mode: 0o600 })
}

function kubeconfig(name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: CONTEXT, cluster: { server: API_SERVER, 'certificate-authority-data': data('ca.crt') } }],
    users: [{ name, user: { 'client-certificate-data': data(`${name}.crt`), 'client-key-data': data(`${name}.key`) } }],
    contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: name } }],
    'current-context': CONTEXT,
  }
}

const data = (file: string): string => readFileSync(join(PKI, file)).toString('base64')
