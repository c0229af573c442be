import type { Client } from '@secxops/client/client'
import { TargetConfig } from '@secxops/protocol/cluster'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { suggestion } from '@secxops/protocol/suggest'
import { describeTargets } from './describe-targets.ts'
import type { Answer } from './output.ts'

/** Sets and forgets what is known of a target. */
export async function configureTarget(
  client: Client,
  name: string,
  options: Record<string, unknown>,
  forget: string[],
): Promise<Answer> {
  const known: readonly string[] = TargetConfig.keyof().options
  for (const one of forget)
    if (!known.includes(one))
      throw new SecxopsError({ code: 'bad-request', message: `A target has no ${one}.${suggestion(one, [...known])}` })
  const { json: _json, maxParallel, ...given } = options
  const set = TargetConfig.partial().safeParse({
    ...given,
    ...(maxParallel === undefined ? {} : { maxParallel: Number(maxParallel) }),
  })
  if (!set.success) {
    const [issue] = set.error.issues
    throw new SecxopsError({ code: 'bad-request', message: `${issue?.path.join('.')}: ${issue?.message}` })
  }
  const json = await client.call('targets.configure', {
    params: { name },
    body: { set: set.data, forget: forget as (keyof TargetConfig)[] },
  })
  return { json, text: describeTargets([json]) }
}
