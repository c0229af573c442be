// Large and needed only where a cluster is used: a file of its own in the bundle, loaded by the first use.
export { KubeConfig } from '@kubernetes/client-node/dist/config.js'
export { extract } from 'tar-stream'
export { WebSocket } from 'ws'
