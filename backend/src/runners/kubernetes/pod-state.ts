import type { V1ContainerState, V1Pod } from '@kubernetes/client-node'
import type { KubeObject } from '../../cluster/watch.ts'

/** A Pod as the API gives it. */
export type Pod = KubeObject & Pick<V1Pod, 'spec' | 'status'>

/** How the command's container ended. */
export interface ContainerEnd {
  code: number
  /** Ended for its memory, whatever the code. */
  overMemory: boolean
}

/** What is to be read of a Pod. */
export interface PodState {
  uid: string
  /** On a node, so that its containers may be reached soon. */
  placed: boolean
  /** Set once the command's container has ended. */
  end?: ContainerEnd
  /** The container that keeps the results within reach has ended. */
  unreachable: boolean
  /** Why it will never run, in plain words. */
  hopeless?: string
  /** The Pod is over although the command's container never told how it ended (evicted, preempted, its node lost). */
  over?: string
}

/** Words of Kubernetes for an image that will not come by waiting; the second try has failed, too. */
const HOPELESS: Readonly<Record<string, string>> = {
  ImagePullBackOff: 'its image could not be pulled',
  InvalidImageName: 'its image has no valid name',
  ErrImageNeverPull: 'its image is not on the node',
  CreateContainerConfigError: 'its container could not be set up',
  CreateContainerError: 'its container could not be made',
}

/** Words for a container whose first process could not be started. */
const NEVER_BEGAN = new Set(['StartError', 'ContainerCannotRun'])

export function readPod(pod: Pod): PodState {
  const { uid } = pod.metadata
  const states = pod.status?.containerStatuses ?? []
  const module = states.find(({ name }) => name === 'module')?.state
  const unreachable = states.some(({ name, state }) => name === 'files' && state?.terminated !== undefined)
  const state: PodState = { uid, placed: Boolean(pod.spec?.nodeName), unreachable }
  const { reason = '', message } = module?.terminated ?? {}
  if (NEVER_BEGAN.has(reason)) return { ...state, hopeless: `its image cannot run a shell: ${message ?? reason}` }
  if (module?.terminated) return { ...state, end: endOf(module.terminated) }
  if (pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded')
    return { ...state, over: [pod.status.reason, pod.status.message].filter(Boolean).join(': ') || 'it ended' }
  for (const { state: one } of states) {
    const why = HOPELESS[one?.waiting?.reason ?? '']
    if (why) return { ...state, hopeless: [why, one?.waiting?.message].filter(Boolean).join(': ') }
  }
  return state
}

function endOf({ exitCode, reason }: NonNullable<V1ContainerState['terminated']>): ContainerEnd {
  // With a container that cannot start, 128 and up are the runtime's; the reason says so.
  return { code: exitCode, overMemory: reason === 'OOMKilled' }
}
