import { join } from 'node:path'
import type { Connection } from '../../../cluster/connection.ts'
import { apiPath, kubeName } from '../../../cluster/names.ts'
import { FakeApi } from '../../../cluster/testing/fake-api.ts'
import { FakeKubelet } from '../../../cluster/testing/fake-kubelet.ts'
import { Watch } from '../../../cluster/watch.ts'
import type { Launch, Runner } from '../../runner.ts'
import type { ClusterAccess } from '../access.ts'
import { HOME_LABEL, LAUNCH_LABEL, launchKey } from '../job.ts'
import { createKubernetesRunner } from '../kubernetes-runner.ts'
import type { Pod } from '../pod-state.ts'
import { ATTEMPT_FOLDER } from '../start-file.ts'

/** The home that the runners of tests have. */
export const TEST_HOME = 'home-of-tests'
const namespace = kubeName('team', 'namespace')

/** An API server in memory whose Pods are processes of this machine, and runners over it. */
export class FakePlace {
  readonly api = new FakeApi()
  readonly kubelet = new FakeKubelet(this.api, ATTEMPT_FOLDER)
  /** Resolved by a test that wants what nobody knows to be removed. */
  readonly recovered = Promise.withResolvers<void>()
  readonly #runners: Runner[] = []

  async open(): Promise<this> {
    ;(await this.api.listen()).close()
    return this
  }

  runner(): Runner {
    const runner = createKubernetesRunner('fake', {
      open: async () => accessTo(this.api.connect()),
      recovered: this.recovered.promise,
    })
    this.#runners.push(runner)
    return runner
  }

  podsOf(launch: Launch) {
    const key = launchKey(TEST_HOME, launch)
    return [...this.kubelet.pods.values()].filter(({ pod }) => pod.metadata.labels?.[LAUNCH_LABEL] === key)
  }

  /** The first Pod of a launch. */
  podOf(launch: Launch) {
    const [found] = this.podsOf(launch)
    if (!found) throw new Error('no Pod')
    return found
  }

  gateOf(launch: Launch): string {
    return join(this.podOf(launch).folder, 'gate')
  }

  /** Everything that clients made and that is still there. */
  left(): unknown[] {
    return [...this.api.list('jobs'), ...this.api.list('pods')]
  }

  async close(): Promise<void> {
    for (const runner of this.#runners) runner.close()
    this.kubelet.close()
    await this.api.close()
  }
}

function accessTo(connection: Connection): ClusterAccess {
  const pods = new Watch<Pod>({
    connection,
    path: apiPath`/api/v1/namespaces/${namespace}/pods`,
    labelSelector: `${HOME_LABEL}=${TEST_HOME}`,
    keyLabel: LAUNCH_LABEL,
    backOff: [10, 100],
  })
  return { target: 'fake', connection, namespace, home: TEST_HOME, pods }
}
