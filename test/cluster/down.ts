import { printFailure } from '../../shared/tooling/src/setup/failure.mjs'
import { down } from './cluster.ts'

// `node test/cluster/down.ts`: ends the cluster of `up.ts`, or what is left of it.

try {
  await down()
  console.log('The test cluster is down; nothing of it is left on this machine.')
} catch (error) {
  printFailure(error)
  process.exitCode = 1
}
