import type { Client } from '@secxops/client/client'
import type { ExperimentDetail, ExperimentSummary } from '@secxops/protocol/experiments'
import { ensureDaemon } from '../daemon/ensure.ts'
import { cancelOnInterrupt } from './cancel-on-interrupt.ts'
import { progressOf } from './describe-experiment.ts'
import { tell } from './output.ts'

const hasEnded = ({ state }: ExperimentSummary): boolean =>
  state === 'done' || state === 'stopped' || state === 'failed'

/**
 * Waits for the end of an experiment and tells on stderr how far it is; Ctrl-C stops it. A daemon that vanishes meanwhile is started again:
 * it takes the experiment up where it was.
 */
export async function followExperiment(client: Client, { id }: ExperimentSummary): Promise<ExperimentDetail> {
  const ended = Promise.withResolvers<void>()
  let last = ''
  const show = (experiment: ExperimentSummary): void => {
    const line = `  ${progressOf(experiment)}`
    if (line !== last) tell(line)
    last = line
    if (hasEnded(experiment)) ended.resolve()
  }
  const fail = (error: unknown): void => ended.reject(error)
  const get = () => client.call('experiments.get', { params: { id } })
  const unsubscribe = client.subscribe({
    event(event) {
      if (event.type === 'experiment' && event.experiment.id === id) show(event.experiment)
    },
    connection({ state }, fresh) {
      if (fresh) get().then(show, fail)
      if (state === 'lost') ensureDaemon().then(() => client.reconnect(), fail)
    },
  })
  const stopListening = cancelOnInterrupt(() => client.call('experiments.stop', { params: { id } }), {
    what: 'experiment',
    later: `secxops experiment show ${id}`,
  })
  try {
    await ended.promise
    return await get()
  } finally {
    stopListening()
    unsubscribe()
  }
}
