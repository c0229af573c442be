import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import type { Client } from '@secxops/client/client'
import type { ExperimentDetail, ExperimentEdit } from '@secxops/protocol/experiments'
import { describeExperiment } from './describe-experiment.ts'
import { followExperiment } from './follow-experiment.ts'
import type { Answer } from './output.ts'

/** Starts the experiment of a file and waits for its end, unless detached. */
export async function runExperiment(
  client: Client,
  file: string,
  { engine, detach }: { engine?: 'secxops' | 'nni'; detach?: boolean },
): Promise<Answer> {
  const body = { path: resolve(file), engine, idempotencyKey: randomUUID() }
  const started = await client.call('experiments.start', { body })
  return toItsEnd(client, started, detach)
}

/** Goes on with an experiment, with other limits if given. */
export async function resumeExperiment(
  client: Client,
  id: string,
  { detach, ...edit }: ExperimentEdit & { detach?: boolean },
): Promise<Answer> {
  return toItsEnd(client, await client.call('experiments.resume', { params: { id }, body: edit }), detach)
}

async function toItsEnd(client: Client, started: ExperimentDetail, detach: boolean | undefined): Promise<Answer> {
  if (detach) return { json: started, text: started.id }
  const ended = await followExperiment(client, started)
  return { ...(await showExperiment(client, ended)), ok: ended.state === 'done' }
}

/** The experiment with its best trial. */
export async function showExperiment(client: Client, experiment: ExperimentDetail): Promise<Answer> {
  const { id, best } = experiment
  const found = best && (await trialOf(client, id, best.trial))
  return {
    json: { ...experiment, ...(found && { bestTrial: found }) },
    text: describeExperiment(experiment, found),
  }
}

async function trialOf(client: Client, id: string, number: number) {
  const { allTrials } = await import('./experiment-trials.ts')
  return (await allTrials(client, id)).find((trial) => trial.number === number)
}
