import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { placesOf } from './command.ts'
import type { AttemptJob } from './perform.ts'

/**
 * Puts the executed copy of a notebook, which papermill wrote into the working folder, beside the attempt's log, where it
 * outlives that folder. Answers its path; undefined when the module is no notebook or none was written.
 */
export async function keepNotebook({ command, known, launch }: AttemptJob): Promise<string | undefined> {
  const [program = '', , target] = command.argv
  if (!known.notebook || basename(program) !== 'papermill' || !target) return undefined
  const written = resolve(placesOf(launch.directory).work, target)
  if (!existsSync(written)) return undefined
  const folder = join(launch.directory, 'notebook')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = join(folder, basename(written))
  await copyFile(written, kept, constants.COPYFILE_FICLONE)
  return kept
}
