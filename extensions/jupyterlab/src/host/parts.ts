import '@secxops/panels/theme/jupyterlab.css'
import '../../style/secxops.css'
import type { IStateDB } from '@jupyterlab/statedb'
import type { Host } from '@secxops/panels/host'
import { watchOwnDrags } from './drops.ts'
import { createHost, type HostParts } from './host.ts'
import { ViewStates } from './view-state.ts'

/** Prepares what all hosts of the page share and answers the way to make one for a view. */
export async function openParts(
  given: Omit<HostParts, 'states'> & { stateDb: IStateDB | null },
): Promise<(stateKey: string) => Host> {
  watchOwnDrags()
  const parts = { ...given, states: await ViewStates.load(given.stateDb) }
  return (stateKey) => createHost(parts, stateKey)
}
