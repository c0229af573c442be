import { readdirSync } from 'node:fs'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** Throws when something other than an absent or empty folder stands at a path. `anyway`: the command that goes on nevertheless. */
export function refuseOccupied(directory: string, anyway: string): void {
  let names: string[]
  try {
    names = readdirSync(directory)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return
    throw new SecxopsError({
      code: code === 'ENOTDIR' ? 'conflict' : 'forbidden',
      message: code === 'ENOTDIR' ? `${directory} is a file. Name a folder.` : `${directory} cannot be read.`,
      where: { path: directory },
      cause: code,
    })
  }
  if (names.length === 0) return
  const some = names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '')
  throw new SecxopsError({
    code: 'conflict',
    message: `${directory} has files in it already (${some}). Nothing was copied; name another folder.`,
    where: { path: directory },
    next: [{ kind: 'run-command', label: 'Copy it there anyway', command: anyway }],
  })
}
