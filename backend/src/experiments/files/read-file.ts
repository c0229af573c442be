import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { SecxopsError } from '@secxops/protocol/errors'

const LARGEST = 4 * 1_048_576

/** Text of a file that describes an experiment or its space. Rejects with no-such-file, too-large or forbidden. */
export async function readTextFile(path: string): Promise<string> {
  try {
    const info = await stat(path)
    if (!info.isFile())
      throw new SecxopsError({ code: 'no-such-file', message: `${path} is not a file.`, where: { path } })
    if (info.size > LARGEST)
      throw new SecxopsError({
        code: 'too-large',
        message: `${basename(path)} has ${info.size} bytes; at most 4 MiB are read.`,
        where: { path },
      })
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof SecxopsError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw new SecxopsError({
      code: code === 'EACCES' ? 'forbidden' : 'no-such-file',
      message: code === 'EACCES' ? `${path} may not be read.` : `There is no file ${path}.`,
      where: { path },
      cause: error instanceof Error ? error.message : undefined,
    })
  }
}
