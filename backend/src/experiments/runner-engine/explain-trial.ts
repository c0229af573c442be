import { join } from 'node:path'
import type { ErrorBody } from '@secxops/protocol/errors'
import type { ModuleFile } from '@secxops/protocol/module'
import { explainExit } from '../../engine/cause.ts'
import type { Ended, Execution } from '../../runners/runner.ts'
import { tailOf } from '../../runs/log.ts'
import { maskText } from '../../runs/mask.ts'
import type { TrialPlace } from './trial-source.ts'

/** Why a command failed, as for a node of a workflow, but with what a user can do about a trial. `source`: where its code can be edited. */
export async function explainTrial(
  trial: TrialPlace,
  ended: Ended,
  execution: Execution,
  { module, source, secrets = [] }: { module: ModuleFile; source?: string; secrets?: readonly string[] },
): Promise<ErrorBody> {
  const tail = (await tailOf(join(trial.directory, 'log'))).map((line) => maskText(line, secrets))
  const { where, next, message, ...body } = explainExit({
    exitCode: ended.how === 'exited' ? ended.code : undefined,
    tail,
    module,
    modulePath: source,
    requirementsPath: undefined,
    place: { runId: trial.experiment },
    timeout: undefined,
    overMemory: execution.overMemory(),
    peakMemory: execution.peakMemory(),
  })
  const { runId: _run, ...place } = where ?? {}
  const useful = next?.filter(({ kind }) => kind !== 'show-log' && kind !== 'continue')
  return {
    ...body,
    message: message.replace(`Module ${module.name} `, 'The trial '),
    ...(Object.keys(place).length > 0 && { where: place }),
    ...(useful && useful.length > 0 && { next: useful }),
  }
}
