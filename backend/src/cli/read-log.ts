import type { Client } from '@secxops/client/client'
import { SecxopsError } from '@secxops/protocol/errors'
import { suggestion } from '@secxops/protocol/suggest'
import type { Answer } from './output.ts'

/** Bytes asked for at a time, and seconds the daemon holds an answer when there is nothing new. */
const PIECE = 1_048_576
const WAIT = 20

/** Writes the log of an attempt to stdout as it is read (or gives it as one JSON document); `follow` goes on to its end. */
export async function readLog(
  client: Client,
  id: string,
  node: string,
  options: { attempt?: number; follow?: boolean; json?: boolean },
): Promise<Answer> {
  const attempt = options.attempt ?? (await newestAttempt(client, id, node))
  let offset = 0
  let all = ''
  for (;;) {
    const wait = options.follow ? WAIT : 0
    const chunk = await client.call('runs.log', {
      params: { id, node, attempt },
      query: { offset, limit: PIECE, wait },
    })
    offset = chunk.next
    if (options.json) all += chunk.text
    else await write(chunk.text)
    if (chunk.complete || (!options.follow && chunk.next >= chunk.size)) {
      return { json: { run: id, node, attempt, text: all, complete: chunk.complete }, text: '' }
    }
  }
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

/** A slow reader slows the reading down, so that a log never piles up in memory. */
const write = (text: string): Promise<void> => new Promise((resolve) => process.stdout.write(text, () => resolve()))
