import type { Client } from '@secxops/client/client'
import type { Run, RunNode, RunState } from '@secxops/protocol/run'
import { ensureDaemon } from '../daemon/ensure.ts'
import { duration } from './format.ts'
import { printError, tell } from './output.ts'

const ENDED: ReadonlySet<RunState> = new Set(['succeeded', 'failed', 'cancelled'])

/**
 * Waits for the end of a run and tells each change of a node on stderr. Ctrl-C asks to cancel; a second one leaves the run going
 * and ends this process. A daemon that vanishes meanwhile is started again: it takes the run up where it was.
 */
export async function followRun(client: Client, started: Run): Promise<Run> {
  tell(`run ${started.id}`)
  const shown = new Map<string, string>()
  const ended = Promise.withResolvers<void>()
  const show = (node: RunNode): void => {
    const line = nodeLine(node)
    if (line === undefined || shown.get(node.id) === line) return
    shown.set(node.id, line)
    tell(`  ${node.id}: ${line}`)
  }
  const readAll = async (): Promise<void> => {
    const run = await client.call('runs.get', { params: { id: started.id } })
    for (const node of run.nodes) show(node)
    if (ENDED.has(run.state)) ended.resolve()
  }
  const fail = (error: unknown): void => ended.reject(error)
  const unsubscribe = client.subscribe({
    event(event) {
      if (event.type === 'node' && event.runId === started.id) show(event.node)
      if (event.type === 'run' && event.run.id === started.id && ENDED.has(event.run.state)) ended.resolve()
    },
    connection({ state }, fresh) {
      if (fresh) readAll().catch(fail)
      if (state === 'lost') ensureDaemon().then(() => client.reconnect(), fail)
    },
  })
  const stopListening = cancelOnInterrupt(client, started.id)
  try {
    await ended.promise
    return await client.call('runs.get', { params: { id: started.id } })
  } finally {
    stopListening()
    unsubscribe()
  }
}

function cancelOnInterrupt(client: Client, id: string): () => void {
  let asked = false
  const interrupt = (): void => {
    if (asked) {
      tell(`The run goes on: secxops runs show ${id}`)
      process.exit(130)
    }
    asked = true
    tell('Cancelling. Press Ctrl-C again to leave the run to itself.')
    client.call('runs.cancel', { params: { id } }).catch((error: unknown) => printError(error, false))
  }
  process.on('SIGINT', interrupt)
  return () => process.off('SIGINT', interrupt)
}

/** What a node is doing, when it is worth a line. */
function nodeLine({ state, attempts, blockedBy }: RunNode): string | undefined {
  const last = attempts.at(-1)
  switch (state) {
    case 'pending':
    case 'ready':
      return undefined
    case 'blocked':
      return `blocked by ${blockedBy.join(', ')}`
    case 'running':
      return [`running`, last?.phase, last?.progress].filter(Boolean).join(', ')
    case 'succeeded':
      return last?.reused ? 'succeeded (result of an earlier run)' : `succeeded in ${duration(last?.duration)}`
    case 'failed':
      return `failed${last?.exitCode === undefined ? '' : ` with exit code ${last.exitCode}`}`
    case 'cancelled':
      return 'cancelled'
  }
}
