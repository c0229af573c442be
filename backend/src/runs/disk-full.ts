import { statfs } from 'node:fs/promises'
import type { ErrorBody, Place } from '@secxops/protocol/errors'
import { plainLines } from '../engine/traceback.ts'

/** With fewer free bytes than this nobody can write anything any more. */
const NOTHING = 262_144
const SAYS_SO = /No space left on device|ENOSPC|Disk quota exceeded|Errno 28\b|Errno 122\b/

/** Why a command failed when the disk is full; undefined when it is not. A full disk may have no room for the log to say so. */
export async function diskFull(
  directory: string,
  { tail, name, place }: { tail: readonly string[]; name: string; place: Place & { runId: string } },
): Promise<ErrorBody | undefined> {
  const cause = plainLines(tail).findLast((line) => SAYS_SO.test(line))
  const { bavail, bsize } = await statfs(directory)
  if (cause === undefined && bavail * bsize >= NOTHING) return undefined
  return {
    code: 'disk-full',
    message: `The disk became full while module ${name} ran. What it had written was removed; free more space, then press Continue.`,
    where: place,
    cause,
    next: [
      { kind: 'run-command', label: 'See what can be freed', command: 'secxops clean --dry-run' },
      { kind: 'show-log', label: 'Show the log', place },
      { kind: 'continue', label: 'Continue', runId: place.runId },
    ],
  }
}
