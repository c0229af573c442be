import type { ErrorBody } from '@secxops/protocol/errors'
import { tailOf } from '../../runs/log.ts'

/** A tuner that ended without being asked to. `traceback`: in its own words; else the end of its log tells. */
export async function tunerDied(log: string, how: string, traceback: string | undefined): Promise<ErrorBody> {
  const cause = traceback ?? (await tailOf(log)).join('\n')
  const last = cause.trimEnd().split('\n').at(-1)?.trim()
  return {
    code: 'command-failed',
    message: traceback
      ? `The tuner failed: ${last}`
      : `The tuner's process was ended (${how}). What was found so far is kept; resume to go on.`,
    ...evidence(log, cause),
  }
}

/** A tuner that answers nothing; it was asked to write where it is into its log. */
export async function tunerHangs(log: string, seconds: number): Promise<ErrorBody> {
  return {
    code: 'timed-out',
    message: `The tuner has proposed nothing for ${seconds} s while no trial runs, and was ended. Resume to try again.`,
    ...evidence(log, (await tailOf(log)).join('\n')),
  }
}

const evidence = (path: string, cause: string): Pick<ErrorBody, 'cause' | 'where' | 'next'> => ({
  cause: cause || undefined,
  where: { path },
  next: [{ kind: 'open', label: "Open the tuner's log", place: { path } }],
})
