import { join } from 'node:path'
import { CACHE } from '../../shared/tooling/src/setup/paths.mjs'

/**
 * Everything that a running cluster writes; `down` removes it. Short, because sockets lie below it and a socket's path has 107 bytes
 * at most; not below /run, /tmp or /var/lib, because the cluster has those to itself (room.sh). One machine has one such cluster.
 */
export const HOME = '/srv/secxops-cluster'

/** Kubeconfig of the administrator, for whoever uses the cluster. */
export const KUBECONFIG = join(HOME, 'admin.kubeconfig')

/** Programs of the cluster, by their names. */
export const BIN = join(HOME, 'bin')

/** Keys and certificates. */
export const PKI = join(HOME, 'pki')

/** Output of each part, `NAME.log`. */
export const LOGS = join(HOME, 'logs')

export const CONTAINERD_SOCKET = join(HOME, 'containerd.sock')

/** What is built once and kept: programs and images. */
export const BUILT = join(CACHE, 'cluster')
