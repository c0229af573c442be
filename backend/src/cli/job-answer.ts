import type { Client } from '@secxops/client/client'
import type { LabelJob } from '@secxops/protocol/labels'
import { describeJob } from './describe-labels.ts'
import { followToTheEnd } from './follow-label-job.ts'
import type { Answer } from './output.ts'

/** Follows a job to its end and answers what became of it. */
export async function jobAnswer(client: Client, started: LabelJob): Promise<Answer> {
  const json = await followToTheEnd(client, started)
  return { json, text: describeJob(json), ok: json.state === 'succeeded' }
}
