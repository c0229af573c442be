import type { Client } from '@secxops/client/client'
import { toName } from '@secxops/protocol/to-name'
import { keptText } from './kept-text.ts'
import { type Answer, tell } from './output.ts'

/** Keeps what an architecture search or AutoML found as a version of a model; `name`: default that of the experiment. */
export async function saveExperiment(
  client: Client,
  id: string,
  { name, trial, model }: { name?: string; trial?: number; model?: string },
): Promise<Answer> {
  const given = name ?? toName((await client.call('experiments.get', { params: { id } })).name, 'model')
  tell('taking it out of the experiment…')
  const json = await client.call('experiments.saveModel', { params: { id }, body: { name: given, trial, model } })
  const ref = `${json.name}@${json.version}`
  return { json, text: `${keptText(json)}\n${json.description}\ntake it out: secxops model get ${ref} FOLDER` }
}
