import { printFailure } from '../../shared/tooling/src/setup/failure.mjs'

/**
 * With SECXOPS_TEST_CLUSTER=up: one cluster for a whole run of tests. One that is up already stays up afterwards. That it did not come
 * up fails one test (cluster.test.ts), by SECXOPS_TEST_CLUSTER_FAILED, and not those that need none.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.SECXOPS_TEST_CLUSTER !== 'up' || process.env.SECXOPS_TEST_KUBECONFIG) return undefined
  const { down, isUp, up } = await import('./cluster.ts')
  const stays = isUp()
  try {
    const { kubeconfig, registry } = await up()
    process.env.SECXOPS_TEST_KUBECONFIG = kubeconfig
    process.env.SECXOPS_TEST_REGISTRY = registry
  } catch (error) {
    printFailure(error)
    process.env.SECXOPS_TEST_CLUSTER_FAILED = `the test cluster did not come up: ${error instanceof Error ? error.message : error}`
  }
  return stays ? undefined : down
}
