import { REGISTRY } from './addresses.ts'
import { KUBECONFIG } from './places.ts'

/**
 * The cluster that tests use: the one of SECXOPS_TEST_KUBECONFIG, else with SECXOPS_TEST_CLUSTER=up our own, which the global set-up
 * of the tests has brought up and named in the same variable.
 */
export const testKubeconfig = process.env.SECXOPS_TEST_KUBECONFIG || undefined

const own = testKubeconfig === KUBECONFIG

/** Name of the registry that this machine and the cluster share, like `10.0.0.1:5000`; plain HTTP when it is our own. */
export const testRegistry = process.env.SECXOPS_TEST_REGISTRY || (own ? REGISTRY : undefined)

/** Why there is no cluster to test with; undefined when there is one. */
export const noCluster = testKubeconfig
  ? undefined
  : (process.env.SECXOPS_TEST_CLUSTER_FAILED ??
    'no cluster: SECXOPS_TEST_CLUSTER=up makes one on this machine (Linux, root), SECXOPS_TEST_KUBECONFIG names one')

/** Why there is none whose parts a test may kill; undefined when it is our own. */
export const noOwnCluster = noCluster ?? (own ? undefined : 'not our own cluster: its parts are not killed')
