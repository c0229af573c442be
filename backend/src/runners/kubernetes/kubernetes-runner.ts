import { SecxopsError } from '@secxops/protocol/secxops-error'
import type { Ended, Execution, Launch, Runner } from '../runner.ts'
import type { ClusterAccess } from './access.ts'
import { ClusterExecution } from './cluster-execution.ts'
import { labelOf, launchKey, SWEPT } from './job.ts'
import { removeJobs, removeStrays } from './jobs.ts'
import { readEnd, readIntent, writeIntent } from './launch-files.ts'
import type { ContainerEnd } from './pod-state.ts'
import { ATTEMPT_FOLDER } from './start-file.ts'

export interface RunnerNeeds {
  /** Asked at the first need, and again after it has failed. */
  open(): Promise<ClusterAccess>
  /** Resolves when every launch that goes on has been adopted: what else of this home is found then, nobody knows. */
  recovered: Promise<void>
}

/** Runs commands as Jobs of a cluster. */
export function createKubernetesRunner(target: string, { open, recovered }: RunnerNeeds): Runner {
  const closing = new AbortController()
  const executions = new Map<string, { launch: Launch; execution: ClusterExecution }>()
  let opened: Promise<ClusterAccess> | undefined
  const access = (): Promise<ClusterAccess> => {
    if (!opened) {
      opened = open()
      opened.then(tidy).catch(() => {
        opened = undefined
      })
    }
    return opened
  }
  const tidy = async (cluster: ClusterAccess): Promise<void> => {
    await recovered
    const goesOn = (key: string): boolean =>
      [...executions.values()].some(({ launch }) => launchKey(cluster.home, launch) === key)
    await removeStrays(cluster, goesOn, closing.signal).catch(() => undefined)
  }
  const follow = (launch: Launch, make: () => ClusterExecution): ClusterExecution => {
    const key = `${launch.attemptId} ${launch.launch}`
    const known = executions.get(key)?.execution
    if (known) return known
    const execution = make()
    executions.set(key, { launch, execution })
    void execution.ended.then(() => executions.delete(key))
    return execution
  }

  return {
    target,
    seenAt: () => ATTEMPT_FOLDER,

    async start(launch, command) {
      const { elsewhere } = command
      if (!elsewhere)
        throw new SecxopsError({ code: 'internal', message: `Nothing says in which image it runs on ${target}.` })
      return follow(launch, () => {
        const intent = writeIntent(launch, command, elsewhere)
        return new ClusterExecution(access(), launch, intent, { closing: closing.signal, waiting: command.waiting })
      })
    },

    async adopt(launch) {
      const end = readEnd(launch)
      if (end) return new EndedExecution(end)
      const intent = readIntent(launch)
      if (!intent) return 'never-started'
      return follow(launch, () => new ClusterExecution(access(), launch, intent, { closing: closing.signal }))
    },

    async sweep(name, value, grace) {
      const label = SWEPT[name]
      if (!label) throw new Error(`nothing is swept by ${name}`)
      const going = [...executions.keys()].some((key) => key.startsWith(`${value} `))
      // The container of a command whose end is known has no process left.
      if (name === 'SECXOPS_ATTEMPT_ID' && !going) return
      const cluster = await access()
      await removeJobs(cluster, `${label}=${labelOf(cluster.home, value)}`, grace, closing.signal)
    },

    close() {
      closing.abort()
      void opened?.then(({ connection, pods }) => {
        pods.close()
        connection.close()
      })
    },
  }
}

/** A command whose end and results lie in the attempt's folder. */
class EndedExecution implements Execution {
  readonly ended: Promise<Ended>
  readonly #end: ContainerEnd

  constructor(end: ContainerEnd) {
    this.#end = end
    this.ended = Promise.resolve({ how: 'exited', code: end.code })
  }

  async stop(): Promise<void> {}

  peakMemory(): undefined {
    return undefined
  }

  overMemory(): boolean {
    return this.#end.overMemory
  }
}
