import { SecxopsError } from '@secxops/protocol/errors'

const IOERR = 10
const CORRUPT = 11
const FULL = 13
const NOTADB = 26

/** Primary SQLite result code of an error, if it is one of SQLite's. */
function resultCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof code === 'number' ? code & 0xff : undefined
}

/** True after an I/O error: what reached the disk is unknown, so nothing may be acknowledged until the store is opened again. */
export const isIoError = (error: unknown): boolean => resultCode(error) === IOERR

/** True when a file is no database or a damaged one. */
export const isDamage = (error: unknown): boolean => {
  const code = resultCode(error)
  return code === CORRUPT || code === NOTADB
}

/** SQLite's disk errors in plain words; every other error unchanged. */
export function plainError(error: unknown, path: string): unknown {
  const cause = error instanceof Error ? error.message : String(error)
  if (resultCode(error) === FULL)
    return new SecxopsError(
      {
        code: 'disk-full',
        message: `There is no space left for ${path}. Nothing was changed; free some space and do it again.`,
        where: { path },
        cause,
      },
      { cause: error },
    )
  if (isIoError(error))
    return new SecxopsError(
      {
        code: 'disk-full',
        message: `The disk refused to write ${path}. Nothing more is accepted until SecXOps starts anew; what was confirmed before is safe.`,
        where: { path },
        cause,
        next: [{ kind: 'run-command', label: 'Restart SecXOps', command: 'secxops serve --stop' }],
      },
      { cause: error },
    )
  if (isDamage(error)) return damaged(path, cause)
  return error
}

/** The database cannot be trusted; it is left as it is. */
export function damaged(path: string, cause: string): SecxopsError {
  return new SecxopsError({
    code: 'internal',
    message: `The database ${path} is damaged, so SecXOps does not open it. The file is left as it is: put a copy from a backup in its place, or move it away to start with an empty one (library contents and run folders stay where they are).`,
    where: { path },
    cause,
    next: [{ kind: 'run-command', label: 'Move it away', command: `mv ${path} ${path}.damaged` }],
  })
}
