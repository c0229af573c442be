import type { Client } from '@secxops/client/client'
import { SecxopsError } from '@secxops/protocol/errors'
import { suggestion } from '@secxops/protocol/suggest'
import { copyLog } from './copy-log.ts'
import type { Answer } from './output.ts'

/** Writes the log of an attempt to stdout as it is read (or gives it as one JSON document); `follow` goes on to its end. */
export async function readLog(
  client: Client,
  id: string,
  node: string,
  options: { attempt?: number; follow?: boolean; json?: boolean },
): Promise<Answer> {
  const attempt = options.attempt ?? (await newestAttempt(client, id, node))
  const log = await copyLog((query) => client.call('runs.log', { params: { id, node, attempt }, query }), options)
  return { json: { run: id, node, attempt, ...log }, text: '' }
}

async function newestAttempt(client: Client, id: string, node: string): Promise<number> {
  const run = await client.call('runs.get', { params: { id } })
  const found = run.nodes.find((one) => one.id === node)
  if (!found) {
    const near = suggestion(
      node,
      run.nodes.map((one) => one.id),
    )
    throw new SecxopsError({
      code: 'unknown-node',
      message: `Run ${id} has no node ${node}.${near}`,
      where: { runId: id },
    })
  }
  const last = found.attempts.at(-1)
  if (!last) {
    const message = `Node ${node} of run ${id} has not started yet (${found.state}).`
    throw new SecxopsError({ code: 'not-found', message, where: { runId: id, nodeId: node } })
  }
  return last.number
}
