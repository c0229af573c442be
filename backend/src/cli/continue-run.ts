import type { Client } from '@secxops/client/client'
import { describeRun } from './describe-run.ts'
import { followRun } from './follow-run.ts'
import { nodeValues, workflowValues } from './key-values.ts'
import type { Answer } from './output.ts'
import { withMetrics } from './with-metrics.ts'

/** Continues a run with values from the command line and waits for its end, unless detached. */
export async function continueRun(
  client: Client,
  id: string,
  options: { parameter: string[]; set: string[]; from: string[]; detach?: boolean },
): Promise<Answer> {
  const before = await client.call('runs.get', { params: { id } })
  // Only the types of the values are taken from it; the run keeps its own text.
  const check =
    options.parameter.length + options.set.length > 0
      ? await client.call('workflows.check', { body: { path: before.path, text: before.text } })
      : undefined
  const run = await client.call('runs.continue', {
    params: { id },
    body: {
      parameters: workflowValues(options.parameter, check?.workflow, check?.modules ?? {}),
      set: nodeValues(options.set, check?.modules ?? {}),
      from: options.from,
    },
  })
  if (options.detach) return { json: run, text: run.id }
  const ended = await withMetrics(client, await followRun(client, run))
  return { json: ended, text: describeRun(ended), ok: ended.state === 'succeeded' }
}
