import type { Client } from '@secxops/client/client'
import { describeExperiment } from './describe-experiment.ts'
import { followExperiment } from './follow-experiment.ts'
import type { Answer } from './output.ts'

/** Stops an experiment and waits until nothing of it is left, or stops one trial. */
export async function stopExperiment(client: Client, id: string, trial: number | undefined): Promise<Answer> {
  if (trial === undefined) {
    const json = await followExperiment(client, await client.call('experiments.stop', { params: { id } }))
    return { json, text: describeExperiment(json) }
  }
  const json = await client.call('experiments.stopTrial', { params: { id, trial } })
  return { json, text: `Trial ${trial}: ${json.state}` }
}
