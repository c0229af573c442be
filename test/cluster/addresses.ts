/** The one node, by its name in Kubernetes. */
export const NODE = 'node1'

/** Address of the node: API server, kubelet and registry listen there; reachable from this machine and from Pods. */
export const NODE_ADDRESS = '10.244.0.1'

/** Pods. */
export const POD_NETWORK = '10.244.0.0/24'

/** Services, and the address among them that leads to the API server. */
export const SERVICE_NETWORK = '10.96.0.0/16'
export const API_SERVICE = '10.96.0.1'

/** Name of the registry in references of images, the same for this machine, the kubelet and Pods. Plain HTTP. */
export const REGISTRY = `${NODE_ADDRESS}:5000`

export const API_SERVER = `https://${NODE_ADDRESS}:6443`

/** The line between this machine and the cluster: a pair of interfaces with an address each, outside the network of the Pods. */
export const LINK = { here: 'secxops0', hereAddress: '10.243.255.1', there: 'secxops1', thereAddress: '10.243.255.2' }
