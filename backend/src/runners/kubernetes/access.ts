import type { Connection } from '../../cluster/connection.ts'
import type { KubeName } from '../../cluster/names.ts'
import type { Watch } from '../../cluster/watch.ts'
import type { Pod } from './pod-state.ts'

/** A cluster that the runner may use. */
export interface ClusterAccess {
  /** Name of the target, for messages. */
  target: string
  connection: Connection
  namespace: KubeName
  /** Identity of this home, part of every name and label. */
  home: string
  /** Pods of this home, by launch. */
  pods: Watch<Pod>
}
