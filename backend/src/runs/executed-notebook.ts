import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { placesOf } from './command.ts'
import { maskForms, maskJson, maskText } from './mask.ts'
import type { AttemptJob } from './perform.ts'

/**
 * Puts the executed copy of a notebook, which papermill wrote into the working folder, beside the attempt's log, where it
 * outlives that folder; secrets are hidden in both. Answers its path; undefined when the module is no notebook or none was
 * written. Call it before outputs are taken.
 */
export async function keepNotebook(
  job: Pick<AttemptJob, 'command' | 'known' | 'launch' | 'secrets' | 'seen'>,
): Promise<string | undefined> {
  const { launch } = job
  const written = notebookPath(job)
  if (written === undefined || !existsSync(written)) return undefined
  if (job.secrets.length > 0) await hideIn(written, job.secrets)
  const folder = join(launch.directory, 'notebook')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = join(folder, basename(written))
  await copyFile(written, kept, constants.COPYFILE_FICLONE)
  return kept
}

/** Where papermill writes the executed copy of a notebook, on this machine; undefined when the module is none. */
export function notebookPath({
  command,
  known,
  launch,
  seen,
}: Pick<AttemptJob, 'command' | 'known' | 'launch' | 'seen'>): string | undefined {
  const [program = '', , target] = command.argv
  if (!known.notebook || basename(program) !== 'papermill' || !target) return undefined
  return join(launch.directory, relative(seen, resolve(placesOf(seen).work, target)))
}

/** Papermill writes the parameters into the source of a cell and into the metadata, and the notebook may print them. */
async function hideIn(path: string, secrets: readonly string[]): Promise<void> {
  const text = await readFile(path, 'utf8')
  let hidden: string
  try {
    hidden = `${JSON.stringify(maskJson(JSON.parse(text), maskForms(secrets)), undefined, 1)}\n`
  } catch {
    // Papermill was killed while it wrote.
    hidden = maskText(text, maskForms(secrets))
  }
  const partial = `${path}.masked`
  await writeFile(partial, hidden, { mode: 0o600, flush: true })
  await rename(partial, path)
}
