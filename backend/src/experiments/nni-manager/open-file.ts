import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdtemp, open, realpath, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'
import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { Home } from '../../home.ts'
import type { Experiments } from '../experiments.ts'
import { NniDatabase } from './database.ts'
import { specOf } from './opened-spec.ts'
import { TrialBook } from './trial-book.ts'

const LARGEST = 2 ** 31
const MAGIC = 'SQLite format 3\0'

/**
 * Takes a finished experiment's `nni.sqlite` in, to be looked at. It is read from a copy: the file itself is never opened for writing. The same
 * file again gives the same experiment. Rejects with no-such-file, too-large or bad-experiment.
 */
export async function openNniFile(
  path: string,
  experiments: Pick<Experiments, 'keep'>,
  home: Pick<Home, 'staging'>,
): Promise<ExperimentDetail> {
  const real = await checked(path)
  const staged = await mkdtemp(join(home.staging, 'nni-'))
  try {
    const copy = join(staged, 'nni.sqlite')
    await copyFile(real, copy, constants.COPYFILE_FICLONE)
    // What a manager that was killed has not put into the file itself.
    await copyFile(`${real}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE).catch(() => undefined)
    return await understood(path, () => take(path, copy, real, experiments))
  } finally {
    await rm(staged, { recursive: true, force: true })
  }
}

async function take(
  path: string,
  copy: string,
  real: string,
  experiments: Pick<Experiments, 'keep'>,
): Promise<ExperimentDetail> {
  const database = new NniDatabase(copy)
  try {
    const missing = database.missing()
    if (missing.length > 0) throw notNni(path, `it has no ${missing.slice(0, 5).join(', ')}`)
    const profile = database.profile()
    if (!profile) throw notNni(path, 'its experiment never began')
    const spec = specOf(profile, { path, name: basename(dirname(dirname(real))) })
    return await experiments.keep(spec, await identity(real), async (journal) => {
      const book = new TrialBook(journal, { opened: true })
      book.read(byTime(database.events(0)), byTime(database.metrics(0)))
      book.endAll(new Date(profile.endTime ?? database.lastTime()).toISOString())
      journal.settle({ duration: profile.duration * 1000 })
    })
  } finally {
    database.close()
  }
}

/** An end is written up to half a second after it happened. */
const byTime = <T extends { time: number }>(rows: Iterable<T>): T[] => [...rows].sort((a, b) => a.time - b.time)

/** The file itself behind links. */
async function checked(path: string): Promise<string> {
  const missing = (cause: unknown): never => {
    throw new SecxopsError({
      code: 'no-such-file',
      message: `${path} cannot be read.`,
      where: { path },
      cause: cause instanceof Error ? cause.message : undefined,
    })
  }
  const real = await realpath(path).catch(missing)
  const info = await stat(real).catch(missing)
  if (!info.isFile()) throw notNni(path, 'it is not a file')
  if (info.size > LARGEST)
    throw new SecxopsError({ code: 'too-large', message: `${path} has ${info.size} bytes; at most 2 GiB are opened.` })
  const file = await open(real).catch(missing)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
    if (buffer.toString('latin1', 0, bytesRead) !== MAGIC) throw notNni(path, 'it is no SQLite database')
  } finally {
    await file.close()
  }
  return real
}

/** What cannot be made of a file is said in words: it may hold anything. */
async function understood<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SecxopsError) throw error
    throw notNni(path, `it is damaged (${error instanceof Error ? error.message : String(error)})`)
  }
}

const notNni = (path: string, why: string): SecxopsError =>
  new SecxopsError({
    code: 'bad-experiment',
    message: `${basename(path)} is no experiment of NNI: ${why}. Open the nni.sqlite in the folder db of a finished experiment.`,
    where: { path },
  })

/** Stays the same while the file does. */
async function identity(real: string): Promise<string> {
  const wal = await stat(`${real}-wal`).catch(() => undefined)
  const { size, mtimeMs } = await stat(real)
  const text = [real, size, mtimeMs, wal?.size ?? 0, wal?.mtimeMs ?? 0].join('\0')
  return `file-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}
