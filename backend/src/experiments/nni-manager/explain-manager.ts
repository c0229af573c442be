import type { ErrorBody } from '@secxops/protocol/errors'
import { plainLines, pythonError } from '../../engine/traceback.ts'
import { tailOf } from '../../runs/log.ts'
import type { ManagerStatus } from './manager-client.ts'

/** Why a manager failed. `status`: what it said last; absent when it ended or no longer answers. */
export async function explainManager(
  status: ManagerStatus | undefined,
  { log, tunerLog }: { log: string; tunerLog: string },
): Promise<ErrorBody> {
  const printed = await tailOf(log)
  const next: ErrorBody['next'] = [
    { kind: 'open', label: "Open the tuner's log", place: { path: tunerLog } },
    { kind: 'open', label: "Open the manager's log", place: { path: log } },
  ]
  if (!status)
    return {
      code: 'command-failed',
      message: "NNI's manager ended, or no longer answers. Its trials were ended; resume goes on with what is known.",
      cause: printed.join('\n') || undefined,
      where: { path: log },
      next,
    }
  const told = status.errors.find((text) => text.includes('Traceback'))
  const lines = plainLines(told ? told.split('\n') : printed)
  const error = pythonError(lines)
  const words = status.errors[0] ?? 'without a word'
  return {
    code: 'command-failed',
    message: error
      ? `The tuner failed: ${[error.type, error.message].filter(Boolean).join(': ')}`
      : `${words}. What was found so far is kept; resume to go on.`,
    cause: told ?? (printed.join('\n') || words),
    where: { path: tunerLog },
    next,
  }
}
