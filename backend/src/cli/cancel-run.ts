import type { Client } from '@secxops/client/client'
import { describeRun } from './describe-run.ts'
import { followRun } from './follow-run.ts'
import type { Answer } from './output.ts'
import { withMetrics } from './with-metrics.ts'

/** Cancels a run; answers when no process of it is left. */
export async function cancelRun(client: Client, id: string): Promise<Answer> {
  const asked = await client.call('runs.cancel', { params: { id } })
  const run = asked.state === 'cancelling' ? await followRun(client, asked) : asked
  return { json: run, text: describeRun(await withMetrics(client, run)) }
}
