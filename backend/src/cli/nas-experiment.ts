import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Client } from '@secxops/client/client'
import { type NAS_STRATEGIES, ONE_SHOT_STRATEGIES } from '@secxops/protocol/experiment-choices'
import { parseDocument } from 'yaml'
import { type Answer, tell } from './output.ts'
import { runExperiment } from './run-experiment.ts'

export interface NasOptions {
  strategy?: (typeof NAS_STRATEGIES)[number]
  evaluator?: string
  trials?: number
  concurrency?: number
  /** JSON object. */
  args?: Record<string, unknown>
  detach?: boolean
}

/** Writes an experiment file beside a model space, under a name that is free, and runs it. */
export async function runNas(client: Client, file: string, options: NasOptions): Promise<Answer> {
  const { strategy, evaluator, trials, concurrency, args, detach } = options
  const draft = await client.call('experiments.draft', { body: { path: resolve(file), kind: 'nas' } })
  const document = parseDocument(draft.text)
  if (ONE_SHOT_STRATEGIES.some((one) => one === strategy)) document.deleteIn(['nas', 'maxTrialNumber'])
  const given = { strategy, evaluator, strategyArgs: args, maxTrialNumber: trials, trialConcurrency: concurrency }
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) document.setIn(['nas', name], document.createNode(value))
  await writeFile(draft.path, document.toString(), { flag: 'wx' })
  tell(`wrote ${draft.path}`)
  return runExperiment(client, draft.path, { detach })
}
