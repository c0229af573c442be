import { printFailure } from '../../shared/tooling/src/setup/failure.mjs'
import { up } from './cluster.ts'

// `node test/cluster/up.ts`: a Kubernetes of this machine's own, for tests. `node test/cluster/down.ts` takes it away.

try {
  const { kubeconfig, registry } = await up()
  console.log(`\nKubeconfig: ${kubeconfig}\nRegistry:   ${registry}`)
} catch (error) {
  printFailure(error)
  process.exitCode = 1
}
