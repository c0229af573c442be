import { resolve } from 'node:path'
import type { Client } from '@secxops/client/client'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import type { Answer } from './output.ts'

/** Writes the parameters of a trial (default: the best) where they are used from then on. */
export async function applyTrial(
  client: Client,
  id: string,
  trial: number | undefined,
  workflow: string | undefined,
): Promise<Answer> {
  const number = trial ?? (await client.call('experiments.get', { params: { id } })).best?.trial
  if (number === undefined)
    throw new SecxopsError({ code: 'conflict', message: `No trial of experiment ${id} has a result yet.` })
  const body =
    workflow === undefined ? ({ to: 'defaults' } as const) : ({ to: 'workflow', path: resolve(workflow) } as const)
  const json = await client.call('experiments.apply', { params: { id, trial: number }, body })
  const changed = json.changed.length > 0 ? `changed ${json.changed.join(', ')}` : 'nothing changed'
  return { json, text: `${json.path}: ${changed} (trial ${number})` }
}
