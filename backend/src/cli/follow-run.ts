import type { Client } from '@secxops/client/client'
import type { Run, RunState } from '@secxops/protocol/run'
import { ensureDaemon } from '../daemon/ensure.ts'
import { cancelOnInterrupt } from './cancel-on-interrupt.ts'
import { tell } from './output.ts'
import { RunProgress } from './run-progress.ts'

const ENDED: ReadonlySet<RunState> = new Set(['succeeded', 'failed', 'cancelled'])

/**
 * Waits for the end of a run and tells on stderr what goes on. Ctrl-C asks to cancel; a second one leaves the run going
 * and ends this process. A daemon that vanishes meanwhile is started again: it takes the run up where it was.
 */
export async function followRun(client: Client, started: Run): Promise<Run> {
  tell(`run ${started.id}`)
  const progress = new RunProgress(tell)
  const total = started.nodes.length
  const ended = Promise.withResolvers<void>()
  const readAll = async (): Promise<void> => {
    const run = await client.call('runs.get', { params: { id: started.id } })
    progress.show(run.nodes, run.seq, total)
    if (ENDED.has(run.state)) ended.resolve()
  }
  const fail = (error: unknown): void => ended.reject(error)
  const unsubscribe = client.subscribe({
    event(event) {
      if (event.type === 'node' && event.runId === started.id) progress.show([event.node], event.seq, total)
      if (event.type === 'run' && event.run.id === started.id && ENDED.has(event.run.state)) ended.resolve()
    },
    connection({ state }, fresh) {
      if (fresh) readAll().catch(fail)
      if (state === 'lost') ensureDaemon().then(() => client.reconnect(), fail)
    },
  })
  const stopListening = cancelOnInterrupt(() => client.call('runs.cancel', { params: { id: started.id } }), {
    what: 'run',
    later: `secxops runs show ${started.id}`,
  })
  try {
    await ended.promise
    return await client.call('runs.get', { params: { id: started.id } })
  } finally {
    stopListening()
    unsubscribe()
  }
}
